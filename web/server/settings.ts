import { resolve } from 'node:path';
import { DEFAULT_LIMITS, type Limits } from './shares/limits';
import { FolderStore } from './store/folderStore';
import { type S3Settings, S3Store } from './store/s3Store';
import type { Store } from './store/store';

export interface Settings {
  store: { kind: 'folder'; folder: string } | { kind: 's3'; s3: S3Settings };
  limits: Limits;
  trustProxy: boolean;
  isolated: boolean;
  stopSeconds: number;
  logLevel: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const UNITS: Record<string, number> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 };
const LEVELS = ['silent', 'error', 'warn', 'info', 'debug'];

/**
 * The server's settings, all from the environment; `web/server/README.md` lists them. Throws a sentence that names the
 * setting when one can't be understood.
 */
export function readSettings(env: Environment, defaultFolder: string, defaultLogLevel = 'info'): Settings {
  const logLevel = env.MIXWELL_LOG || defaultLogLevel;
  if (!LEVELS.includes(logLevel)) throw new Error(`MIXWELL_LOG=${logLevel} is none of ${LEVELS.join(', ')}`);
  const maxExpiryDays = number(env, 'MIXWELL_MAX_EXPIRY_DAYS', 0);
  const maxStoreBytes = bytes(env, 'MIXWELL_MAX_BYTES', 0);
  return {
    store: readStore(env, defaultFolder),
    limits: {
      maxStoreBytes: maxStoreBytes || null,
      maxShareBytes: bytes(env, 'MIXWELL_MAX_SHARE_BYTES', DEFAULT_LIMITS.maxShareBytes),
      maxExpiryDays: maxExpiryDays || null,
      uploadBytesPerDay: bytes(env, 'MIXWELL_UPLOAD_BYTES_PER_DAY', DEFAULT_LIMITS.uploadBytesPerDay),
      requestsPerSecond: number(env, 'MIXWELL_REQUESTS_PER_SECOND', DEFAULT_LIMITS.requestsPerSecond),
      keepFreeBytes: bytes(env, 'MIXWELL_KEEP_FREE_BYTES', DEFAULT_LIMITS.keepFreeBytes),
    },
    trustProxy: env.MIXWELL_TRUST_PROXY === '1',
    isolated: env.MIXWELL_ISOLATED !== '0',
    stopSeconds: number(env, 'MIXWELL_STOP_SECONDS', 10),
    logLevel,
  };
}

function readStore(env: Environment, defaultFolder: string): Settings['store'] {
  const place = env.MIXWELL_STORE || defaultFolder;
  const bucket = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,62})\/?$/.exec(place)?.[1];
  if (bucket === undefined) {
    if (/^\w+:\/\//.test(place))
      throw new Error(`MIXWELL_STORE=${place} is neither a folder nor s3://BUCKET`);
    return { kind: 'folder', folder: resolve(place) };
  }
  const region = env.MIXWELL_S3_REGION || env.AWS_REGION || 'us-east-1';
  const needed = (...names: string[]) => {
    const value = names.map((name) => env[name]).find(Boolean);
    if (!value) throw new Error(`MIXWELL_STORE=${place} needs ${names.join(' or ')}`);
    return value;
  };
  return {
    kind: 's3',
    s3: {
      bucket,
      region,
      endpoint: address(env, 'MIXWELL_S3_ENDPOINT') ?? `https://s3.${region}.amazonaws.com`,
      publicEndpoint: address(env, 'MIXWELL_S3_PUBLIC_ENDPOINT'),
      accessKeyId: needed('MIXWELL_S3_ACCESS_KEY_ID', 'AWS_ACCESS_KEY_ID'),
      secretAccessKey: needed('MIXWELL_S3_SECRET_ACCESS_KEY', 'AWS_SECRET_ACCESS_KEY'),
      sessionToken: env.MIXWELL_S3_SESSION_TOKEN || env.AWS_SESSION_TOKEN || undefined,
    },
  };
}

export async function openStore(settings: Settings['store']): Promise<Store> {
  return settings.kind === 's3' ? new S3Store(settings.s3) : FolderStore.at(settings.folder);
}

function address(env: Environment, name: string): string | undefined {
  const value = env[name];
  if (!value) return undefined;
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
    throw new Error(`${name} is no http or https address`);
  }
  return value;
}

function number(env: Environment, name: string, otherwise: number): number {
  const value = env[name];
  if (!value) return otherwise;
  const parsed = Number(value);
  if (!Number.isFinite(parsed) || parsed < 0) throw new Error(`${name}=${value} is no number from 0 up`);
  return parsed;
}

/** A number of octets, such as 500000, 200M or 8G. */
function bytes(env: Environment, name: string, otherwise: number): number {
  const value = env[name];
  if (!value) return otherwise;
  const [, digits, unit] = /^(\d+(?:\.\d+)?)\s*([kmgt]?)i?b?$/i.exec(value) ?? [];
  if (digits === undefined)
    throw new Error(`${name}=${value} is no number of bytes (such as 500000, 200M or 8G)`);
  return Math.round(Number(digits) * (UNITS[(unit ?? '').toLowerCase()] ?? 1));
}
