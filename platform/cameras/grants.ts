import { may, questionSurfaces, type PolicyActor } from '#contract/access/index.ts';
import type { ViewEnd } from '#contract/audit/index.ts';
import {
  type Camera,
  grantLifetimeMs,
  type MaskAreas,
  type MediaGrant,
  type OpenView,
  type OpenViews,
  usualView,
} from '#contract/cameras/index.ts';
import { type CameraId, type Clock, type DeskId, granted, type Result, refused } from '#contract/values/index.ts';
import { routes } from '#contract/bus/index.ts';
import type { Log, Secrets } from '../ports.ts';
import type { CameraPath } from './commands.ts';
import type { CameraSource, CameraSources, MediaGrants, OpenedGrant } from './ports.ts';
import { sourceGroup } from './sourceGroup.ts';

/** Who looks: the desk, and the session of the person at it (null = nobody). */
export type Viewer = { readonly deskId: DeskId; readonly sessionId: string | null };

/** What a view was opened for, as it was asked. */
type AskedFor = Pick<OpenView, 'purpose' | 'tile'>;

/** Where looks are written down (platform/audit). A look that cannot be is none. */
export type ViewRegister = {
  /** Resolves when it is on the disk; false = it cannot be, and nobody may look. */
  opened(view: { readonly opened: OpenedGrant; readonly viewer: Viewer; readonly askedFor: AskedFor }): Promise<boolean>;
  /** The end of a look that was written down. */
  closed(opened: OpenedGrant, why: ViewEnd): void;
  /** Whether a look could be written down now. */
  isWritable(): Promise<boolean>;
};

/**
 * The rights that a view needs, asked anew each time: every one of the actors must be allowed. Empty = nobody may any more.
 * `surface` is `wall` for what hangs on a display and `console` for what only the person at the console sees.
 */
export type ActorsOf = (viewer: Viewer, surface: 'wall' | 'console') => readonly PolicyActor[];

/** Grants made and not used up; a flood of questions must not fill the memory. */
const maxGrants = 20_000;
/** The gateway asks every 30 s for streams that stay open; not asked for this long = closed, and forgotten. */
const forgetAfterMs = 5 * 60_000;
const sweepEvery = 256;

type Kept = {
  readonly opened: OpenedGrant;
  readonly viewer: Viewer;
  readonly surface: 'wall' | 'console';
  readonly askedFor: AskedFor;
  expiresAtMs: number;
  askedAtMs: number;
};

/** What may be seen of a camera: with masks or without, and until when without what it usually has. */
type Rendition = { readonly shown: { readonly masks?: MaskAreas }; readonly liftedUntilMs?: number };

type Opening = { readonly viewer: Viewer; readonly isWritable: () => Promise<boolean> };

/** What a clock may be put back by without anybody noticing: a time server corrects by less. Unit: ms. */
const clockSlackMs = 5_000;

/** Media tokens: made for a viewer by right, redeemed by the gateway, re-evaluated for as long as a stream stays open. */
export function createGrants(ports: {
  clock: Clock;
  secrets: Secrets;
  log: Log;
  sources: CameraSources;
  pathOf: CameraPath;
  /** What of a camera may be seen; null for one that does not exist. */
  cameraOf: (cameraId: CameraId) => Pick<Camera, 'cameraClass' | 'masks'> | null;
  /** Whether the gateway can burn masks in. */
  canMask: () => boolean;
  /** Until when a second person lets this viewer see a masked camera's plain picture; null = nobody does. Epoch ms. */
  liftedUntil?: (cameraId: CameraId, viewer: Viewer) => number | null;
  actorsOf: ActorsOf;
  /** Whether a demo camera's loop is not there yet. */
  isBeingDrawn?: (cameraId: CameraId, quality: OpenView['quality']) => boolean;
  register: ViewRegister;
  /** Base URL as desks reach it, e.g. http://127.0.0.1:7080. */
  baseUrl: () => string;
}): MediaGrants & {
  open(question: OpenView, viewer: Viewer): Promise<Result<MediaGrant>>;
  /** Each for itself, in order; whether they can be written down is asked once for all. */
  openAll(question: OpenViews, viewer: Viewer): Promise<readonly Result<MediaGrant>[]>;
  /** To be called whenever a session ended or the directory changed. */
  rightsChanged(): void;
} {
  const { clock, secrets, log, sources, pathOf, cameraOf, actorsOf, register, baseUrl } = ports;
  const { isBeingDrawn = () => false, liftedUntil = () => null } = ports;
  const byToken = new Map<string, Kept>();
  const byId = new Map<string, Kept>();
  const listeners = new Set<() => void>();
  let made = 0;
  const groupKey = secrets.newToken();

  /** The one rendition that a viewer may see now; null = none. A window that plays a source itself would see it without masks. */
  function renditionFor({ cameraId, quality }: Pick<OpenedGrant, 'cameraId' | 'quality'>, viewer: Viewer): Rendition | null {
    const camera = cameraOf(cameraId);
    if (camera === null) return null;
    if (usualView(camera) === 'plain') return { shown: {} };
    const liftedUntilMs = liftedUntil(cameraId, viewer);
    if (liftedUntilMs !== null) return { shown: {}, liftedUntilMs };
    const canMask = ports.canMask() && sources.sourceOf(cameraId, quality)?.kind !== 'whep';
    return camera.masks !== undefined && canMask ? { shown: { masks: camera.masks } } : null;
  }

  // Areas or a class that an import changes, and a lift that begins or ends, close what is open: it is not what may be seen now.
  function isOpenable(kept: Pick<Kept, 'opened' | 'viewer' | 'surface'>): boolean {
    return isAllowed(kept) && isCurrent(kept);
  }

  function isCurrent({ opened, viewer }: Pick<Kept, 'opened' | 'viewer'>): boolean {
    const now = renditionFor(opened, viewer);
    return now !== null && JSON.stringify(now.shown.masks) === JSON.stringify(opened.masks);
  }

  function isAllowed({ opened, viewer, surface }: Pick<Kept, 'opened' | 'viewer' | 'surface'>): boolean {
    const actors = actorsOf(viewer, surface);
    const regionPath = pathOf(opened.cameraId);
    return actors.length > 0 && actors.every((actor) => may(actor, questionSurfaces['cameras.openView'].action, { regionPath }));
  }

  function sweep(): void {
    const nowMs = clock.nowMs();
    for (const [token, kept] of byToken) if (kept.expiresAtMs <= nowMs) byToken.delete(token);
    for (const [id, kept] of byId) if (kept.expiresAtMs <= nowMs && kept.askedAtMs + forgetAfterMs <= nowMs) byId.delete(id);
  }

  function endCodeOf(kept: Kept | undefined): 'cameras.renditionChanged' | 'access.notAllowed' {
    return kept !== undefined && isAllowed(kept) && !isCurrent(kept) ? 'cameras.renditionChanged' : 'access.notAllowed';
  }

  async function openOne(question: Omit<OpenView, 'type'>, { viewer, isWritable }: Opening): Promise<Result<MediaGrant>> {
    const { cameraId, quality, windowId, tile, purpose } = question;
    const surface = tile.startsWith('console/') ? 'console' : 'wall';
    const asked: OpenedGrant = { cameraId, quality, windowId, grantId: secrets.newId() };
    const regionPath = pathOf(cameraId);
    const isKnown = actorsOf(viewer, surface).every(({ territory }) => regionPath.some((region) => territory.includes(region)));
    if (regionPath.length === 0 || !isKnown) return refused('cameras.unknown', { cameraId });
    if (!isAllowed({ opened: asked, viewer, surface })) return refused('access.notAllowed');
    const rendition = renditionFor(asked, viewer);
    if (rendition === null) return refused('cameras.masked', { cameraId });
    const opened: OpenedGrant = { ...asked, ...rendition.shown };
    const source = sources.sourceOf(cameraId, quality);
    if (source === null) return refused('cameras.notConnected', { cameraId });
    if (isBeingDrawn(cameraId, quality)) return refused('cameras.beingDrawn', { cameraId });
    if (!(await isWritable())) return refused('bus.notRecorded');
    made += 1;
    if (made % sweepEvery === 0 || byToken.size >= maxGrants) sweep();
    if (byToken.size >= maxGrants) return refused('cameras.gatewayFull');
    const nowMs = clock.nowMs();
    const kept: Kept = { opened, viewer, surface, askedFor: { purpose, tile }, expiresAtMs: nowMs + grantLifetimeMs, askedAtMs: nowMs };
    const token = secrets.newToken();
    byToken.set(token, kept);
    byId.set(opened.grantId, kept);
    log.debug({ grantId: opened.grantId, cameraId, quality, deskId: viewer.deskId, purpose: purpose.kind, tile }, 'a view was granted');
    return granted({
      cameraId,
      quality,
      token,
      expiresAtMs: kept.expiresAtMs,
      ...urlsOf({ base: baseUrl(), opened, source }),
      ...groupIn(source, groupKey),
      ...(rendition.liftedUntilMs === undefined ? {} : { liftedUntilMs: rendition.liftedUntilMs }),
    });
  }

  return {
    async open(question, viewer) {
      const answer = await openOne(question, { viewer, isWritable: register.isWritable });
      if (!answer.ok) return answer;
      // Who asks view by view may be a desk of the version before: it is told what that version knows.
      const { liftedUntilMs: _, ...grant } = answer.value;
      return granted(grant);
    },

    async openAll({ windowId, views }, viewer) {
      let writable: Promise<boolean> | null = null;
      const isWritable = () => (writable ??= register.isWritable());
      return await Promise.all(views.map((view) => openOne({ ...view, windowId }, { viewer, isWritable })));
    },

    redeem(token) {
      const kept = byToken.get(token);
      if (kept === undefined || !isInTime({ kept, nowMs: clock.nowMs() }) || !isOpenable(kept)) return null;
      return kept.opened;
    },

    isStillAllowed({ grantId }) {
      const kept = byId.get(grantId);
      if (kept === undefined) return false;
      kept.askedAtMs = clock.nowMs();
      return isOpenable(kept);
    },

    endCode: ({ grantId }) => endCodeOf(byId.get(grantId)),
    tokenEndCode: (token) => endCodeOf(byToken.get(token)),

    async viewOpened(opened) {
      const kept = byId.get(opened.grantId);
      if (kept === undefined) return false;
      return await register.opened({ opened, viewer: kept.viewer, askedFor: kept.askedFor });
    },
    viewClosed: register.closed,

    onRightsChanged(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    rightsChanged() {
      for (const listener of listeners) listener();
    },
  };
}

/** A clock that was set back must not lengthen anybody's right: what was made in its future is over as well. */
function isInTime({ kept: { expiresAtMs }, nowMs }: { kept: Kept; nowMs: number }): boolean {
  return nowMs < expiresAtMs && nowMs >= expiresAtMs - grantLifetimeMs - clockSlackMs;
}

function groupIn(source: CameraSource, key: string): { group?: string } {
  const group = sourceGroup(source, key);
  return group === undefined ? {} : { group };
}

function urlsOf({ base, opened: { cameraId, quality, masks }, source }: { base: string; opened: OpenedGrant; source: CameraSource }) {
  const rendition = masks === undefined ? quality : `${quality}-masked`;
  return {
    pushUrl: `${base.replace(/^http/, 'ws')}${routes.mediaPush}`,
    hlsUrl: `${base}${routes.mediaHls}/${cameraId}/${rendition}/index.m3u8`,
    llHlsUrl: `${base}${routes.mediaHls}/${cameraId}/${rendition}/live.m3u8`,
    ...(source.kind === 'whep' ? { whepUrl: `${base}${routes.mediaWhep}/${cameraId}/${quality}` } : {}),
  };
}
