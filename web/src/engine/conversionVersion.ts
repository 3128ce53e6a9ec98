/**
 * Part of the name of a converted file in the pool. Counts up with every change of a decoder, of the converter or of what is
 * trimmed, so that what was made before is made anew.
 */
export const conversionVersion = 1;
