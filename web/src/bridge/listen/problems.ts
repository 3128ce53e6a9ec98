import { ManifestRefused } from '../../share/manifest';
import { ServerAway, ServerRefusal } from '../../share/shareServer';

/** Why a link does not open, as the page says it. */
export interface Problem {
  readonly kind: ProblemKind;
  readonly title: string;
  readonly sentence: string;
}

export type ProblemKind =
  | 'no-link'
  | 'unknown'
  | 'expired'
  | 'revoked'
  | 'wrong-key'
  | 'newer'
  | 'away'
  | 'busy'
  | 'odd';

const problems: Record<ProblemKind, Omit<Problem, 'kind'>> = {
  'no-link': {
    title: 'The link is not complete',
    sentence:
      'A link to a session ends with a # and a long key. Copy it as a whole from the message that you got: mail programs sometimes cut it in two.',
  },
  unknown: {
    title: 'There is no session at this link',
    sentence: 'The link was mistyped, or the session was removed long ago. Ask who sent it for a new one.',
  },
  expired: {
    title: 'This link has expired',
    sentence: 'It was made for a limited time. Ask who sent it for a new one.',
  },
  revoked: {
    title: 'This link was taken back',
    sentence: 'Who shared the session has closed this link. Ask them for a new one.',
  },
  'wrong-key': {
    title: 'The key does not fit',
    sentence:
      'The part behind the # is not the key of this session. Copy the link as a whole from the message that you got.',
  },
  newer: {
    title: 'This page is older than the session',
    sentence: 'The session was shared by a newer version of Mixwell. Load this page anew to open it.',
  },
  away: {
    title: 'The server can’t be reached',
    sentence: 'You may be offline, or the server is resting. This page goes on by itself when it answers.',
  },
  busy: {
    title: 'The server is busy',
    sentence: 'This page goes on by itself in a moment.',
  },
  odd: {
    title: 'The server’s answer makes no sense',
    sentence: 'What it sent is no session of Mixwell. Try again later, or ask who sent the link.',
  },
};

export const problemOf = (kind: ProblemKind): Problem => ({ kind, ...problems[kind] });

const byCode: Readonly<Record<string, ProblemKind>> = {
  unknown: 'unknown',
  expired: 'expired',
  revoked: 'revoked',
};

/** What an error means for the link as a whole. */
export function problemFor(error: unknown): Problem {
  if (error instanceof ServerAway) return problemOf('away');
  if (error instanceof ServerRefusal) {
    const kind = byCode[error.code];
    if (kind) return problemOf(kind);
    return problemOf(error.passes ? 'busy' : 'odd');
  }
  if (error instanceof ManifestRefused) {
    return problemOf(error.reason === 'newer' ? 'newer' : 'wrong-key');
  }
  return problemOf('odd');
}
