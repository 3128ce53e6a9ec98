import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { ShareClient } from './shareClient';

/** The built server as a process of its own; the current folder is the repository's. */
export class ServerProcess {
  log = '';

  private constructor(
    readonly child: ChildProcess,
    readonly port: number,
  ) {}

  /** Starts it on a free port; `under` is a shell command that it runs under, such as `ulimit -f 4096;`. */
  static async start(settings: Record<string, string>, port = 0, under = ''): Promise<ServerProcess> {
    const child = spawn('bash', ['-c', `${under} exec "$0" build/server/serve.js`, process.execPath], {
      cwd: process.cwd(),
      env: { PATH: process.env.PATH, PORT: String(port), ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    let log = '';
    let server: ServerProcess | null = null;
    child.stderr?.on('data', (chunk) => {
      if (server) server.log += chunk;
      else log += chunk;
    });
    const started = await new Promise<number>((resolve, reject) => {
      child.stdout?.on('data', (chunk) => {
        said += chunk;
        const at = /http:\/\/localhost:(\d+)/.exec(said)?.[1];
        if (at) resolve(Number(at));
      });
      child.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${log}`)));
    });
    server = new ServerProcess(child, started);
    server.log = log;
    return server;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get client(): ShareClient {
    return ShareClient.at(this.origin);
  }

  /** One value of `/metrics`. */
  async metric(name: string): Promise<number> {
    const text = await (await fetch(`${this.origin}/metrics`)).text();
    return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  }

  async connect(): Promise<Socket> {
    const socket = connect(this.port, '127.0.0.1');
    await once(socket, 'connect');
    return socket;
  }

  /** Sends a signal and waits for the end: the exit code, or the signal that ended it. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | string> {
    const { child } = this;
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    }
    return child.exitCode ?? child.signalCode ?? '';
  }
}
