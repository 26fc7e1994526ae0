import type { IncomingMessage, ServerResponse } from 'node:http';
import { sourceHeader, writeSourceHeader } from '#contract/cameras/index.ts';
import type { MediaGrants, OpenedGrant } from '#platform/cameras/ports.ts';
import { type HlsPath, isHlsTarget, parseHlsPath } from './hlsPath.ts';
import type { GatewayLimits } from '../limits.ts';
import { renditionOf, sourceKey } from '../renditions/index.ts';
import type { HlsStreams } from './hlsStreams.ts';
import type { BlockingSeats } from './blockingSeats.ts';
import { lowLatencyText, playlistText } from './playlistText.ts';
import type { HlsStream } from './hlsStream.ts';
import type { HlsRelay, RelayAnswer } from './relayHls.ts';
import type { HlsViews } from './hlsViews.ts';

export type HandleHlsOptions = {
  request: IncomingMessage;
  response: ServerResponse;
  grants: MediaGrants;
  streams: HlsStreams;
  relay: HlsRelay;
  views: HlsViews;
  seats: BlockingSeats;
  limits: GatewayLimits;
};

type LowLatencyPath = Extract<HlsPath['file'], { kind: 'lowLatency' }>;

type Answer = {
  readonly status: number;
  readonly type?: string;
  readonly parts?: readonly Uint8Array[];
  readonly headers?: Record<string, string>;
};

// Players of another origin ask with a header, so each answer needs CORS and each path a preflight; bearer tokens make `*` safe (no cookies).
const everyAnswer = {
  'Cache-Control': 'no-store',
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': `${sourceHeader}, X-Refusal-Code`,
  'X-Content-Type-Options': 'nosniff',
};
// Chromium caps the age at two hours.
const preflight = {
  'Access-Control-Allow-Methods': 'GET, HEAD',
  'Access-Control-Allow-Headers': 'Authorization',
  'Access-Control-Max-Age': '7200',
};

/** Answers requests under the HLS route; false (and nothing written) for all others. */
export async function handleHls(options: HandleHlsOptions): Promise<boolean> {
  const { request, response } = options;
  const target = request.url ?? '';
  if (!isHlsTarget(target)) return false;
  const answer = await answerTo({ ...options, path: parseHlsPath(target) });
  if (response.destroyed) return true;
  const parts = answer.parts ?? [];
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const type = answer.type === undefined ? {} : { 'Content-Type': answer.type };
  response.writeHead(answer.status, { ...everyAnswer, ...type, ...answer.headers, 'Content-Length': length });
  if (request.method !== 'HEAD') for (const part of parts) response.write(part);
  response.end();
  return true;
}

async function answerTo({
  request,
  response,
  grants,
  relay,
  views,
  path,
  ...packaging
}: HandleHlsOptions & { path: HlsPath | null }): Promise<Answer> {
  if (path === null) return { status: 404 };
  if (request.method === 'OPTIONS') return { status: 204, headers: preflight };
  if (request.method !== 'GET' && request.method !== 'HEAD') return { status: 405, headers: { Allow: 'GET, HEAD, OPTIONS' } };
  const token = tokenOf(request);
  const grant = redeemed(token, grants);
  if (grant === null) return unauthorized(endCodeOf(token, grants));
  // Somebody else's camera and one that does not exist are the same refusal.
  if (grant.cameraId !== path.cameraId || grant.quality !== path.quality) return { status: 403 };
  const isMasked = grant.masks !== undefined;
  // A window that renewed its right still asks for what it was shown before.
  if (isMasked !== path.isMasked) return { status: 403, headers: { 'X-Refusal-Code': 'cameras.renditionChanged' } };
  // What is relayed comes as its sender made it: nothing can be burned in.
  const relayed = isMasked ? null : await relay.answer(path);
  const answer = relayed === null ? await packagedAnswer({ ...packaging, request, response, path, grant, grants }) : relayedAnswer(relayed);
  // It may have waited for seconds: what is not its right any more does not go out and is no look, and a player is told why at once.
  const isOver = () => !grants.isStillAllowed(grant);
  // No picture goes out before the look is written down.
  const isLooked = answer.status !== 200 || isOver() || (await views.looked(grant));
  if (isOver()) return unauthorized(grants.endCode?.(grant) ?? 'access.notAllowed');
  return isLooked ? answer : { status: 503, headers: { 'Retry-After': '2' } };
}

const unauthorized = (code: string): Answer => ({ status: 401, headers: { 'WWW-Authenticate': 'Bearer', 'X-Refusal-Code': code } });

async function packagedAnswer({
  request,
  response,
  grants,
  streams,
  seats,
  limits,
  path,
  grant,
}: Pick<HandleHlsOptions, 'request' | 'response' | 'grants' | 'streams' | 'seats' | 'limits'> & {
  path: HlsPath;
  grant: OpenedGrant;
}): Promise<Answer> {
  const opening = path.file.kind === 'playlist' || path.file.kind === 'lowLatency' ? 'allowed' : 'refused';
  const found = streams.streamFor({ rendition: renditionOf(grant), windowId: grant.windowId, opening });
  if (!found.ok)
    return { status: found.refusal.code === 'cameras.notConnected' ? 404 : 503, headers: { 'X-Refusal-Code': found.refusal.code } };
  if (found.value === null) return { status: 404 };
  const asking = { windowId: grant.windowId, stream: sourceKey(renditionOf(grant)), httpVersion: request.httpVersionMajor };
  const patience = createPatience({ response, grants, grant });
  try {
    return await fileOf(path.file, { stream: found.value, signal: patience.signal, limits, mayWait: () => seats.take(asking) });
  } finally {
    patience.end();
  }
}

// The code is for people who look at the player's network log: a player itself only sees the status.
function relayedAnswer(relayed: RelayAnswer): Answer {
  if (relayed.status !== 200) return { status: relayed.status, headers: { 'X-Refusal-Code': relayed.code } };
  return { status: 200, type: relayed.type, parts: [relayed.bytes] };
}

type FileAsked = Pick<HandleHlsOptions, 'limits'> & { stream: HlsStream; signal: AbortSignal; mayWait: () => boolean };

async function fileOf(file: HlsPath['file'], asked: FileAsked): Promise<Answer> {
  const { segments } = asked.stream;
  switch (file.kind) {
    case 'playlist':
      return await playlistOf(asked, () => playlistText(segments.list()));
    case 'lowLatency':
      return await lowLatencyOf(file.until, asked);
    case 'init':
      return mediaOf(segments.init(file.run));
    case 'segment':
      return mediaOf(segments.segment(file.number)?.parts.flatMap(({ bytes }) => bytes) ?? null);
    case 'part':
      return await partOf(file, asked);
  }
}

async function playlistOf({ stream, signal, limits }: FileAsked, text: () => string): Promise<Answer> {
  const hasAny = () => stream.segments.list().segments.length > 0;
  if ((await stream.until(hasAny, { signal, withinMs: limits.hlsFirstSegmentMs })) === 'missing') return tryLater;
  return { status: 200, type: 'application/vnd.apple.mpegurl', parts: [Buffer.from(text())], headers: conditionHeader(stream) };
}

// A window that plays HLS has no other line to the gateway: each playlist says how the source is.
function conditionHeader(stream: HlsStream): Record<string, string> {
  const condition = stream.condition();
  const value = writeSourceHeader(condition.kind === 'starting' ? { kind: 'unknown' } : condition);
  return value === null ? {} : { [sourceHeader]: value };
}

async function lowLatencyOf(until: LowLatencyPath['until'], asked: FileAsked): Promise<Answer> {
  const { stream, signal, limits } = asked;
  const { segments } = stream;
  // A window that waits on all its connections would wait for ever: it gets the same stream without parts.
  if (!asked.mayWait()) return await playlistOf(asked, () => playlistText(segments.list()));
  if (until !== null) {
    if (until.number > segments.nextNumber() + mostAhead) return { status: 400 };
    const patience = { signal, withinMs: limits.hlsBlockingMs };
    if ((await stream.until(() => hasCome(segments, until), patience)) === 'missing') return tryLater;
  }
  return await playlistOf(asked, () => lowLatencyText({ ...segments.list(), nextNumber: segments.nextNumber() }));
}

// RFC 8216bis: who asks for more than two segments ahead of the live edge has lost his way.
const mostAhead = 2;

function hasCome(segments: HlsStream['segments'], { number, part }: NonNullable<LowLatencyPath['until']>): boolean {
  if (number < segments.nextNumber()) return true;
  return part !== null && segments.part({ number, part }) !== null;
}

async function partOf(place: { number: number; part: number }, { stream, signal, limits }: FileAsked): Promise<Answer> {
  const { segments } = stream;
  // The part that was hinted at is waited for; when its segment ended without it, there is none.
  const isNext = place.number === segments.nextNumber() && place.part === (segments.list().open?.parts.length ?? 0);
  const hasCome = () => segments.part(place) !== null || segments.nextNumber() > place.number;
  if (isNext) await stream.until(hasCome, { signal, withinMs: limits.hlsBlockingMs });
  return mediaOf(segments.part(place)?.bytes ?? null);
}

const tryLater: Answer = { status: 503, headers: { 'Retry-After': '1' } };

function mediaOf(parts: Uint8Array | readonly Uint8Array[] | null): Answer {
  if (parts === null) return { status: 404 };
  return { status: 200, type: 'video/mp4', parts: parts instanceof Uint8Array ? [parts] : parts };
}

type Asker = Pick<HandleHlsOptions, 'response' | 'grants'> & { grant: OpenedGrant };

/** A request waits for as long as somebody reads its answer and has a right to it. */
function createPatience({ response, grants, grant }: Asker): { signal: AbortSignal; end: () => void } {
  const over = new AbortController();
  response.once('close', () => over.abort());
  const end = grants.onRightsChanged(() => {
    if (!grants.isStillAllowed(grant)) over.abort();
  });
  return { signal: over.signal, end };
}

function tokenOf(request: IncomingMessage): string | undefined {
  return /^Bearer ([\x21-\x7e]{32,256})$/.exec(request.headers.authorization ?? '')?.[1];
}

function endCodeOf(token: string | undefined, grants: MediaGrants): string {
  return (token === undefined ? undefined : grants.tokenEndCode?.(token)) ?? 'access.notAllowed';
}

function redeemed(token: string | undefined, grants: MediaGrants): OpenedGrant | null {
  const grant = token === undefined ? null : grants.redeem(token);
  return grant !== null && grants.isStillAllowed(grant) ? grant : null;
}
