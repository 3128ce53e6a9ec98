import { fromBase64url } from './encoding';
import { maxPasswordRounds, type PasswordCost } from './keys';
import type { ShareLink } from './link';
import type { ManifestLock } from './manifest';

/** The cost of the password comes from the server: one that asks for hours of work is refused. */
export const isBearable = ({ salt, iterations }: PasswordCost): boolean =>
  fromBase64url(salt) !== null &&
  Number.isInteger(iterations) &&
  iterations > 0 &&
  iterations <= maxPasswordRounds;

/** What opens the manifest of a link; `text` is the password, where there is one. */
export function lockOf(link: ShareLink, cost: PasswordCost | null, text: string | null): ManifestLock {
  return {
    linkKey: link.key,
    shareId: link.id,
    password: cost && {
      text: text ?? '',
      salt: fromBase64url(cost.salt) ?? new Uint8Array(0),
      iterations: cost.iterations,
    },
  };
}
