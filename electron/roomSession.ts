import type { Session } from 'electron';
import type { StaticPages } from '#main/shell/index.ts';
import type { Clock } from '#contract/values/index.ts';
import { type CertificatePins, verifyCertificate } from './certificatePins.ts';

/** Scheme, host and origin of the windows: a custom protocol instead of file://, so that pages have an origin of their own. */
export const roomScheme = 'app';
export const roomHost = 'room';
export const roomOrigin = `${roomScheme}://${roomHost}`;

/** Talking to cameras' media servers in the county's own network; Chromium asks since 2025, our own origin may. */
const allowedPermissions: ReadonlySet<string> = new Set(['local-network', 'local-network-access', 'loopback-network']);

/** Locks the windows' session down: Electron says yes to every permission unless it is told otherwise. */
export function lockSession({ session, pages }: { session: Session; pages: StaticPages }): void {
  session.setPermissionRequestHandler((...[, permission, callback, { requestingUrl }]) => {
    callback(isAllowed({ permission, origin: originOf(requestingUrl) }));
  });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) =>
    isAllowed({ permission, origin: originOf(requestingOrigin) }),
  );
  session.setDevicePermissionHandler(() => false);
  session.setBluetoothPairingHandler((_details, callback) => callback({ confirmed: false }));
  session.setDisplayMediaRequestHandler(null);
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => event.preventDefault());
  session.protocol.handle(roomScheme, async ({ url, method, headers: asked }) => {
    const { host, pathname } = new URL(url);
    const isRoom = host === roomHost && method === 'GET';
    const { status, headers, body } = await pages.answer(isRoom ? pathname : '', { range: asked.get('range') ?? undefined });
    return new Response(new Uint8Array(body), { status, headers });
  });
}

/** Whom the windows believe from now on. What was decided about earlier certificates is forgotten, open connections end. */
export async function believe({ session, pins, clock }: { session: Session; pins: CertificatePins; clock: Clock }): Promise<void> {
  session.setCertificateVerifyProc((request, callback) => callback(verifyCertificate({ request, pins, nowMs: clock.nowMs() })));
  await session.closeAllConnections();
}

function isAllowed({ permission, origin }: { permission: string; origin: string }): boolean {
  return origin === roomOrigin && allowedPermissions.has(permission);
}

/** `URL.origin` is `null` for schemes that Node does not know, so scheme and host are compared. */
function originOf(url: string): string {
  if (!URL.canParse(url)) return '';
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}
