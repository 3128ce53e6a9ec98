/** A patch that no hand can have made: a mistake in the program that made it. Nothing of its list is applied. */
export class PatchError extends Error {
  override readonly name: string = 'PatchError';
}

/** Tracks that would feed themselves. The message is a sentence for people that names them. */
export class RoutingLoopError extends PatchError {
  override readonly name = 'RoutingLoopError';

  constructor(trackNames: readonly string[]) {
    super(
      trackNames.length <= 2
        ? `“${trackNames[0]}” can’t be sent to itself.`
        : `That would make a loop: ${trackNames.map((name) => `“${name}”`).join(' → ')}.`,
    );
  }
}

/** A list that is full. The message is a sentence for people. */
export class FullError extends PatchError {
  override readonly name = 'FullError';
}
