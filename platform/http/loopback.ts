/** Whether a host name or address means this machine only. Accepts brackets around IPv6. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  return name === 'localhost' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}

/** Whether a `Host` header names this machine: a page that had its own name re-bound to 127.0.0.1 brings its own. */
export function isLoopbackHostHeader(header: string | undefined): boolean {
  const url = `http://${header ?? ''}`;
  return header !== undefined && URL.canParse(url) && isLoopback(new URL(url).hostname);
}

/** Schemes that the desktop shell serves its windows from. */
const shellSchemes = ['app:', 'commandwall:'];

/** Whether a window may open a media socket: windows come from the room's loopback server or the shell's own scheme, tests from nowhere. */
export function isWindowOrigin(origin: string | undefined): boolean {
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  return shellSchemes.includes(url.protocol) || (url.protocol === 'http:' && isLoopback(url.hostname));
}
