/**
 * The page's two doors past Trusted Types, which the server's policy enforces: markup that was compiled into the page, and
 * scripts of its own origin. Made when the page starts, so that no one else can take their names. Where a browser has no
 * Trusted Types both let through what they are given.
 */
interface PolicyRules {
  createHTML?(markup: string): string;
  createScriptURL?(address: string): string;
}
interface Policy {
  createHTML(markup: string): string;
  createScriptURL(address: string): string;
}
type Scope = typeof globalThis & {
  trustedTypes?: { createPolicy(name: string, rules: PolicyRules): Policy };
};

const maker = (globalThis as Scope).trustedTypes;

const markupPolicy = maker?.createPolicy('mixwell-markup', { createHTML: (markup) => markup });
const scriptPolicy = maker?.createPolicy('mixwell-script', { createScriptURL: ownScript });

function ownScript(address: string): string {
  if (new URL(address, location.href).origin !== location.origin)
    throw new TypeError('a script from elsewhere');
  return address;
}

/** For Solid's templates only, which are constants of the build: the build writes this into Solid's `template`. */
export const compiledMarkup = (markup: string): string => markupPolicy?.createHTML(markup) ?? markup;

/** An address of one of our own scripts, as workers and service workers take it. */
export const ownScriptUrl = (address: string): string => scriptPolicy?.createScriptURL(address) ?? address;

/** Starts a module worker; its address comes from an import that ends in `?worker&url`. */
export function startWorker(address: string, name?: string): Worker {
  return new Worker(ownScriptUrl(address), { type: 'module', name });
}
