import type { Access } from './access.ts';
import type { Caller } from './actors.ts';

/**
 * Who asks over HTTP: `Authorization: Bearer <session>` or `Bearer <deskId>:<deviceKey>`. Null for everything else. Session tokens are
 * base64url and hold no colon.
 */
export function callerOf({ access, authorization }: { access: Access; authorization: string | undefined }): Caller | null {
  const token = bearerOf(authorization);
  if (token === null) return null;
  const colon = token.indexOf(':');
  if (colon === -1) {
    const signedIn = access.signedIn(token);
    return signedIn === null ? null : { kind: 'person', signedIn };
  }
  const device = access.device({ deskId: token.slice(0, colon), deviceKey: token.slice(colon + 1) });
  return device === null ? null : { kind: 'device', device };
}

/** What a request shows: a session's token, or a workstation's id and key; null when it shows nothing. */
export function bearerOf(authorization: string | undefined): string | null {
  return /^Bearer ([\x21-\x7e]{32,256})$/.exec(authorization ?? '')?.[1] ?? null;
}
