/** The page's own ways past Trusted Types (`web/src/trusted.ts`); no other policy can be made. */
const TRUSTED_POLICIES = ['mixwell-markup', 'mixwell-script'];

/**
 * Nothing comes from elsewhere but pieces from the configured store; the engine and the decoders are WebAssembly, made in
 * the page and in its workers.
 */
function contentPolicy(storeOrigin: string | null): string {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "media-src 'self' blob:",
    "worker-src 'self'",
    "manifest-src 'self'",
    `connect-src 'self'${storeOrigin ? ` ${storeOrigin}` : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${TRUSTED_POLICIES.join(' ')}`,
  ].join('; ');
}

const ISOLATION: Record<string, string> = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/** The headers of every answer. */
export function securityHeaders(isolated: boolean, storeOrigin: string | null): Record<string, string> {
  return {
    'content-security-policy': contentPolicy(storeOrigin),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), payment=(), usb=()',
    ...(isolated ? ISOLATION : {}),
  };
}
