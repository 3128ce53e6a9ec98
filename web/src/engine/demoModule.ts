import type { Deletable } from './codecModule';

/** The classes and functions of wasm/bind_demo.cpp. */
export interface DemoModule {
  readonly DemoStem: new (
    stem: number,
    sampleRateHz: number,
    maxFrames: number,
  ) => Deletable & {
    channels(): number;
    frames(): number;
    output(): number;
    render(): number;
  };
  describeDemoSong(sampleRateHz: number): string;
}
