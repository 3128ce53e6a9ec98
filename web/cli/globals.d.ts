/** Put in by the build, from package.json. */
declare const MIXWELL_VERSION: string;
