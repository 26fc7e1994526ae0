import { randomBytes } from 'node:crypto';

/** Replaced by each load's nonce in the built pages: `<meta property="csp-nonce" nonce="__CSP_NONCE__">`. */
export const noncePlaceholder = '__CSP_NONCE__';

/**
 * The policy of every window of every shell. `connect` = what a window may talk to besides its own origin: the platform over HTTP and
 * WebSocket, the bridge's WebSocket, configured media servers, the chosen basemap's servers (their tiles are fetched, so no picture's address is let in). Nothing is ever inline but styles that carry this load's nonce (Mantine).
 */
export function contentSecurityPolicy({ nonce, connect }: { readonly nonce: string; readonly connect: readonly string[] }): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'none'",
    "img-src 'self' blob: data:",
    'media-src blob:',
    // The fonts are files of ours; default-src 'none' would leave Chinese text to whatever the system has.
    "font-src 'self'",
    ["connect-src 'self'", ...connect].join(' '),
    "worker-src 'self' blob:",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** HTTP and WebSocket origin of a base URL, as CSP sources. Throws on anything but http and https: a bug, start-up checks it before. */
export function connectSources(baseUrl: string): readonly string[] {
  const { protocol, host } = new URL(baseUrl);
  switch (protocol) {
    case 'http:':
      return [`http://${host}`, `ws://${host}`];
    case 'https:':
      return [`https://${host}`, `wss://${host}`];
  }
  throw new Error(`no http address: ${baseUrl}`);
}

/** A fresh nonce for one load: 128 bits, as CSP3 section 7.1 asks. */
export function freshNonce(): string {
  return randomBytes(16).toString('base64');
}
