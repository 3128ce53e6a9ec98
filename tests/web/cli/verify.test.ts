import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CommandLine } from '../../support/commandLine';
import { publishShare, sealShare } from '../../support/sealedShare';
import { ServerProcess } from '../../support/serverProcess';
import { sharedSong } from '../../support/sharedSong';
import { projectFileOf } from '../../support/songFile';

const cli = new CommandLine();
const song = sharedSong(
  [
    { name: 'Drums', hz: 110 },
    { name: 'Bass', hz: 55 },
  ],
  2,
);
const files = new Map(song.sources.map(({ id, bytes }) => [id, bytes]));
writeFileSync(cli.path('song.mixwell'), await projectFileOf(song.project, files));
cli.run('render', 'song.mixwell', '-o', 'song.wav');
const wav = readFileSync(cli.path('song.wav'));
const pcmSha256 = createHash('sha256')
  .update(wav.subarray(wav.indexOf('data') + 8))
  .digest('hex');
const otherHash = pcmSha256.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));

afterAll(() => cli.remove());

describe('mixwell verify PROJECT', () => {
  it('says that the bits are the same, or that they differ', () => {
    const same = cli.run('verify', 'song.mixwell', '--pcm', pcmSha256);
    expect(same).toEqual({ code: 0, out: `the same bits: ${pcmSha256}\n`, err: '' });
    const other = cli.run('verify', 'song.mixwell', '--pcm', otherHash);
    expect(other.code).toBe(1);
    expect(other.out).toBe('');
    expect(other.err).toMatch(/^mixwell: song\.mixwell: the bits differ: .*\n$/);
  });

  it('renders the master where that is asked for', () => {
    // Without a chain the master is the mix.
    expect(cli.run('verify', 'song.mixwell', '--pcm', pcmSha256, '--what', 'master').code).toBe(0);
  });

  it.each([
    [['verify']],
    [['verify', 'song.mixwell']],
    [['verify', 'song.mixwell', '--pcm', 'abc']],
    [['verify', 'song.mixwell', '--pcm', pcmSha256, '--what', 'stems']],
    [['verify', 'song.mixwell', '--pcm', pcmSha256, '--password', 'x']],
    [['verify', 'http://localhost/s/AAAA']],
  ])('does not understand %j', (args) => {
    expect(cli.run(...args).code).toBe(2);
  });
});

describe('mixwell verify LINK', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mixwell-store-'));
  const running = ServerProcess.start({ MIXWELL_STORE: folder });
  afterAll(async () => {
    await (await running).end();
    rmSync(folder, { recursive: true, force: true });
  });
  const publish = async (right: 'listen' | 'edit', hash: string, password?: string) => {
    const share = await sealShare({
      right,
      title: 'Song',
      mix: { ...song.mix, pcmSha256: hash },
      preview: { bytes: new Uint8Array(1000), mimeType: 'audio/flac' },
      ...(right === 'edit' ? { project: { json: song.json, sources: song.sources } } : {}),
    });
    return (await publishShare((await running).origin, share, { password })).text;
  };

  it('fetches, decrypts, renders and compares', async () => {
    const link = await publish('edit', pcmSha256);
    expect(cli.run('verify', link)).toEqual({ code: 0, out: `the same bits: ${pcmSha256}\n`, err: '' });
    const other = await publish('edit', otherHash);
    const { code, err } = cli.run('verify', other);
    expect(code).toBe(1);
    expect(err).toContain('the bits differ');
    expect(err).not.toContain(other.split('#')[1]);
  });

  it('asks for the password, and says when it is wrong', async () => {
    const link = await publish('edit', pcmSha256, 'tide');
    expect(cli.run('verify', link)).toMatchObject({ code: 2, out: '' });
    expect(cli.run('verify', link, '--password', 'ebb')).toMatchObject({ code: 1, out: '' });
    expect(cli.run('verify', link, '--password', 'tide').code).toBe(0);
  });

  it('says that a link to listen holds nothing to check', async () => {
    const { code, err } = cli.run('verify', await publish('listen', pcmSha256));
    expect(code).toBe(1);
    expect(err).toContain('holds no project');
  });
});
