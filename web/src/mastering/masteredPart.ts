/** How much of a song is mastered: frames left out at its start, and frames beyond the end of its last clip, or left out where negative. */
export interface MasteredEnds {
  readonly headFrames: number;
  readonly tailFrames: number;
}

/** What is mastered of a song of so many frames: all of it where edits have left nothing between the ends. */
export function masteredPart(
  songFrames: number,
  { headFrames, tailFrames }: MasteredEnds,
): { readonly startFrame: number; readonly frames: number } {
  const frames = songFrames + tailFrames - headFrames;
  if (songFrames === 0 || frames <= 0 || headFrames >= songFrames)
    return { startFrame: 0, frames: songFrames };
  return { startFrame: headFrames, frames };
}
