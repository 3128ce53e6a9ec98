const forms: Record<string, string> = {
  measure: `mixwell measure FILE... [--json]
    Levels and length of sound files: loudness, range, true peak, ratios, correlation,
    DC, clipping, silence at the ends. Mono to 5.1.
`,
  devices: `mixwell devices [--json]
    Every device with its parameters.
`,
  process: `mixwell process IN -o OUT [--chain CHAIN.json] [--bits 16|24|32f]
        [--dither none|tpdf|shaped] [--rate HZ] [--tail SECONDS]
    Runs a file through devices. The chain is a list such as
    [{"device": "gain", "params": {"gainDb": -6}}]; a convolution takes "impulse" as
    well, a name or a file. --tail keeps what rings on.
`,
  targets: `mixwell targets [--json]
    What loudness and ceiling services, broadcasters and media ask for, and where that
    was read.
`,
  master: `mixwell master IN -o OUT --target NAME [--amount 0..1] [--reference FILE]
        [--bits 16|24|32f] [--dither none|tpdf|shaped] [--rate HZ] [--trim]
        [--report REPORT.json]
    Masters a mix: a proposal of moves by --amount (0.5; at 0 gain and limiter alone),
    then as much gain as the target's loudness takes, under its ceiling. --reference
    takes tone and width towards another song, and without --target the loudness too.
    --trim leaves out long silence at both ends.
`,
  render: `mixwell render PROJECT|FOLDER -o OUT [--stems DIR] [--bits 16|24|32f]
        [--dither none|tpdf|shaped] [--rate HZ] [--report REPORT.json]
    Renders a .mixwell project, or a folder of stems at unity, to a file; stems take its
    format. The report has levels, checks and the SHA-256 of the sound data of every
    file: that of a WAV file and of FLAC with the same bits are the same.
`,
  info: `mixwell info PROJECT [--json]
    What a project file holds.
`,
  verify: `mixwell verify PROJECT --pcm SHA256 [--what mix|master]
  mixwell verify LINK [--password PASSWORD]
    Renders a project again, at 24 bits and its own rate, and compares the SHA-256 of
    the sound data: exit code 0 where the bits are the same, 1 where they differ. A
    link to carry on says itself what its mix is to be.
`,
};

export const usage = `usage: mixwell COMMAND ...

${Object.values(forms)
  .map((form) => `  ${form}`)
  .join('\n')}
OUT.flac is written as FLAC, at 16 or 24 bits, everything else as WAV. Files have 24
bits unless --bits says otherwise; 16 bits are dithered (tpdf).
Exit code 0: done. 1: failed, with the file and the cause on stderr. 2: not understood.
`;

export function commandUsage(name: string): string {
  return `usage: ${forms[name] ?? ''}`;
}
