export interface TransportReport {
  /** Where the transport was at `contextTime`. */
  readonly positionFrames: number;
  readonly contextTime: number;
  readonly moving: boolean;
  /** How far it had come since it was started, or put elsewhere, at `jumpFrame`. */
  readonly framesSinceJump: number;
  readonly jumpFrame: number;
}

export interface LoopFrames {
  readonly on: boolean;
  readonly startFrame: number;
  readonly endFrame: number;
}

/** A report older than this says nothing about now: the playhead stands rather than runs away. */
const mostSecondsAhead = 0.5;

/**
 * The frame that comes out of the loudspeaker at `heardTime` (on the context's clock; less what the mix is late by). The
 * transport runs ahead of the ear by the latency of output and mix: a start and a loop's wrap are heard that much later.
 */
export function heardFrame(
  report: TransportReport,
  heardTime: number,
  sampleRateHz: number,
  loop: LoopFrames,
): number {
  if (!report.moving) return report.positionFrames;
  const ahead = Math.min(heardTime - report.contextTime, mostSecondsAhead) * sampleRateHz;
  if (report.framesSinceJump + ahead <= 0) return report.jumpFrame;
  const frame = report.positionFrames + ahead;
  const length = loop.endFrame - loop.startFrame;
  if (!loop.on || length <= 0) return frame;
  const hasWrapped = report.jumpFrame + report.framesSinceJump !== report.positionFrames;
  if (frame < loop.startFrame && hasWrapped) return Math.max(frame + length, loop.startFrame);
  if (frame >= loop.endFrame && report.positionFrames <= loop.endFrame) {
    return Math.min(frame - length, loop.endFrame);
  }
  return frame;
}
