import { createSignal } from 'solid-js';
import { laneValueAt } from '../../web/src/bridge/automatedValue';
import type { ExportJob, ExportSettings, ExportState } from '../../web/src/bridge/exportTypes';
import type { Message } from '../../web/src/bridge/messageTypes';
import type { ImportJob, ProjectInfo } from '../../web/src/bridge/projectTypes';
import type { Studio } from '../../web/src/bridge/studioTypes';
import type { WaveformPeaks } from '../../web/src/bridge/waveformTypes';
import type { ProjectSnapshot } from '../../web/src/model/types';
import { createFakeDocument, type FakeDocument } from './fakeDocument';
import { fakePeaks, fakeSamples } from './fakePeaks';
import { fakeProject, glassHarbour } from './fakeSong';

/** Levels a track's meter stands at, in dBFS: [RMS, peak, highest peak]. */
export type StagedLevels = Record<string, readonly [rmsDb: number, peakDb: number, maxPeakDb: number]>;

export interface FakeStudio extends Studio {
  readonly doc: FakeDocument;
  /** Names of what the view asked of projects, files and exporter, in order. */
  readonly calls: string[];
  setImports(jobs: readonly ImportJob[]): void;
}

export interface FakeStudioOptions {
  project?: ProjectSnapshot;
  levels?: StagedLevels;
  positionFrames?: number;
  playing?: boolean;
  recent?: readonly ProjectInfo[];
  /** How far an export gets by itself: 1 finishes at once. */
  exportFraction?: number;
}

const linear = (db: number) => 10 ** (db / 20);

/** A studio without sound, files or storage, for trying the view on. */
export function createFakeStudio(options: FakeStudioOptions = {}): FakeStudio {
  const doc = createFakeDocument(options.project ?? glassHarbour());
  const calls: string[] = [];
  const [playing, setPlaying] = createSignal(options.playing ?? false);
  const [restFrame, setRestFrame] = createSignal(options.positionFrames ?? 0);
  const [imports, setImports] = createSignal<readonly ImportJob[]>([]);
  const [messages, setMessages] = createSignal<readonly Message[]>([]);
  const [volumeDb, setVolumeDb] = createSignal(0);
  const [mono, setMono] = createSignal(false);
  const [dim, setDim] = createSignal(false);
  const [deviceId, setDeviceId] = createSignal('');
  const [recent, setRecent] = createSignal(options.recent ?? []);
  const songEnd = () =>
    doc
      .snapshot()
      .tracks.flatMap((track) => track.clips)
      .reduce((end, clip) => Math.max(end, clip.startFrame + clip.lengthFrames), 0);
  const reset = new Set<string>();
  const waves = new Map<string, WaveformPeaks>();
  const called = async (name: string) => void calls.push(name);

  return {
    calls,
    doc,
    setImports,
    project: doc.snapshot,
    audio: () => 'running',
    isolated: true,
    transport: {
      playing,
      canPlay: () => songEnd() > 0,
      play: () => setPlaying(true),
      pause: () => setPlaying(false),
      stop: () => setPlaying(false),
      toggle: () => setPlaying(!playing()),
      seek: (frame) => setRestFrame(frame),
      returnToStart: () => setRestFrame(0),
      positionFrames: restFrame,
      restFrame,
      songEndFrame: songEnd,
    },
    meters: {
      read(trackId, into) {
        const staged = options.levels?.[trackId];
        into.fill(0);
        if (!staged) return false;
        const [rmsDb, peakDb, maxPeakDb] = staged;
        const maxPeak = reset.has(trackId) ? peakDb : maxPeakDb;
        into.set([linear(peakDb), linear(peakDb - 0.8), linear(rmsDb), linear(rmsDb - 0.7)]);
        into[4] = linear(maxPeak);
        into[5] = maxPeak >= 0 ? 1 : 0;
        return true;
      },
      resetPeaks: (trackId) => {
        for (const id of trackId === 'all' ? Object.keys(options.levels ?? {}) : [trackId]) reset.add(id);
      },
    },
    mastering: {
      engaged: () => false,
      setRoom: () => {},
      listening: () => 'master',
      listen: (choice) => void calls.push(`listen ${choice}`),
      levelMatched: () => true,
      setLevelMatched: () => {},
      loudnessOf: () => null,
      setLoudness: () => {},
      matchGainDb: () => 0,
      readLoudness: () => false,
      resetLoudness: () => void calls.push('resetLoudness'),
      meterTrack: () => {},
      addReference: () => called('addReference'),
      song: {
        analysis: () => null,
        stale: () => false,
        work: () => null,
        setUp: () => called('setUp'),
        analyse: () => called('analyse'),
        reach: () => called('reach'),
        propose: () => called('propose'),
        references: () => new Map(),
        moves: () => [],
        notes: () => [],
        setMove: () => called('setMove'),
        repair: (repair) => called(`repair ${repair}`),
        masterWhole: () => called('masterWhole'),
        cancel: () => void calls.push('cancel'),
      },
    },
    curves: { eqGainsDb: () => null, ditherNoise: () => null },
    latency: { insertFrames: () => 0, chainMs: () => 0, mixFrames: () => 0 },
    automation: {
      touch: () => null,
      valueNow: (control) => laneValueAt(doc.snapshot(), control, restFrame()),
      valueAt: (control, frame) => laneValueAt(doc.snapshot(), control, frame),
      writtenSoFar: () => [],
      writing: () => false,
    },
    impulses: {
      builtin: [],
      standardId: 'builtin-stone-chapel',
      peaks: () => null,
      own: () => [],
      choose: (_ownerId, _insertId, file) => called(`choose impulse ${file.name}`),
    },
    peaks: {
      get(sourceId) {
        const source = doc.snapshot().sources[sourceId];
        if (source && !waves.has(sourceId)) waves.set(sourceId, fakePeaks(source));
        return waves.get(sourceId) ?? null;
      },
      samples: async (sourceId, from, count) =>
        Array.from({ length: doc.snapshot().sources[sourceId]?.channels ?? 1 }, (_, channel) =>
          fakeSamples(from, count, channel),
        ),
    },
    files: {
      importFiles: (files) => called(`import ${files.map((file) => file.name).join(', ')}`),
      imports,
      cancelImport: (id) => setImports(id === 'all' ? [] : imports().filter((job) => job.id !== id)),
    },
    projects: {
      list: async () => recent(),
      open: (id) => called(`open ${id}`),
      create: async (name) => {
        calls.push(`create ${name ?? ''}`);
        doc.load(fakeProject([], { name: name ?? 'Untitled' }));
      },
      duplicate: (id) => called(`duplicate ${id}`),
      rename: async (id, name) => {
        calls.push(`rename ${id} ${name}`);
        setRecent(recent().map((info) => (info.id === id ? { ...info, name } : info)));
      },
      remove: async (id) => {
        calls.push(`remove ${id}`);
        setRecent(recent().filter((info) => info.id !== id));
      },
      saveFile: () => called('save file'),
      openFile: (file) => called(`open file ${file.name}`),
      openDemo: async () => {
        calls.push('open demo');
        doc.load(glassHarbour());
      },
      openShared: (fragment) => called(`open shared ${fragment}`),
      current: () => doc.snapshot().id,
      saveState: () => 'saved',
      tasks: () => [],
    },
    sharing: {
      busy: () => false,
      open: () => Promise.reject(new Error('The staged studio shares nothing.')),
    },
    exporter: {
      defaults: () => ({
        what: 'mix',
        range: 'song',
        format: 'wav',
        bits: 24,
        dither: 'none',
        sampleRateHz: doc.snapshot().sampleRateHz,
      }),
      ditherFor: (bits) => (bits === 16 ? 'tpdf' : 'none'),
      sampleRates: [44100, 48000, 88200, 96000],
      estimate(settings) {
        const { name, tracks, loop, sampleRateHz } = doc.snapshot();
        const frames = settings.range === 'loop' ? loop.endFrame - loop.startFrame : songEnd();
        const seconds = frames / sampleRateHz;
        const fileNames =
          settings.what !== 'stems'
            ? [`${name}.${settings.format}`]
            : tracks.map((track) => `${track.name}.${settings.format}`);
        const bytesPerSample = settings.bits === 16 ? 2 : settings.bits === 24 ? 3 : 4;
        const bytes =
          fileNames.length * (44 + Math.round(seconds * settings.sampleRateHz) * 2 * bytesPerSample);
        return { fileNames, seconds, bytes, exact: settings.format === 'wav' };
      },
      run: (settings) => fakeExport(settings, options.exportFraction ?? 1),
      saveReport: (_report, as) => called(`saveReport ${as}`),
    },
    monitor: {
      volumeDb,
      setVolumeDb,
      mono,
      setMono,
      dim,
      setDim,
      devices: async () => [
        { id: '', label: 'System default' },
        { id: 'usb', label: 'USB interface' },
      ],
      deviceId,
      setDevice: async (id) => void setDeviceId(id),
    },
    messages: {
      list: messages,
      say(text, kind, action) {
        const id = `message-${messages().length}`;
        setMessages([...messages(), { id, text, kind, action }]);
        return id;
      },
      dismiss: (id) => setMessages(messages().filter((message) => message.id !== id)),
    },
  };
}

function fakeExport(settings: ExportSettings, fraction: number): ExportJob {
  const [state, setState] = createSignal<ExportState>(fraction >= 1 ? 'done' : 'rendering');
  const file = {
    name: settings.what === 'mix' ? 'Glass Harbour.wav' : 'Kick.wav',
    seconds: 80,
    bytes: 23040044,
    peakDbfs: -2.9,
    headroomDb: 2.9,
    rmsDbfs: -17.2,
    clippedSamples: 0,
    sha256: '0'.repeat(64),
  };
  return {
    state,
    progress: () => ({ fraction, speed: 24, secondsLeft: (80 * (1 - fraction)) / 24 }),
    files: () => (state() === 'done' ? [file] : []),
    report: () => null,
    error: () => null,
    ended: Promise.resolve(),
    cancel: () => setState('cancelled'),
  };
}
