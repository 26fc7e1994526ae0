import type { Access, Caller } from './access.ts';

/**
 * Who asks over HTTP: `Authorization: Bearer <session>` or `Bearer <deskId>:<deviceKey>`. Null for everything else. Session tokens are
 * base64url and hold no colon.
 */
export function callerOf({ access, authorization }: { access: Access; authorization: string | undefined }): Caller | null {
  const token = /^Bearer ([\x21-\x7e]{32,256})$/.exec(authorization ?? '')?.[1];
  if (token === undefined) return null;
  const colon = token.indexOf(':');
  if (colon === -1) {
    const signedIn = access.signedIn(token);
    return signedIn === null ? null : { kind: 'person', signedIn };
  }
  const device = access.device({ deskId: token.slice(0, colon), deviceKey: token.slice(colon + 1) });
  return device === null ? null : { kind: 'device', device };
}
