import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MediaGrants, OpenedGrant } from '#platform/cameras/ports.ts';
import { type HlsPath, isHlsTarget, parseHlsPath } from './hlsPath.ts';
import type { HlsStreams } from './hlsStreams.ts';
import { playlistText } from './playlistText.ts';
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
};

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
  streams,
  relay,
  views,
  path,
}: HandleHlsOptions & { path: HlsPath | null }): Promise<Answer> {
  if (path === null) return { status: 404 };
  if (request.method === 'OPTIONS') return { status: 204, headers: preflight };
  if (request.method !== 'GET' && request.method !== 'HEAD') return { status: 405, headers: { Allow: 'GET, HEAD, OPTIONS' } };
  const grant = redeemed(request, grants);
  if (grant === null) return { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } };
  // Somebody else's camera and one that does not exist are the same refusal.
  if (grant.cameraId !== path.cameraId || grant.quality !== path.quality) return { status: 403 };
  const relayed = await relay.answer(path);
  const answer = relayed === null ? await packagedAnswer({ response, streams, path, grant }) : relayedAnswer(relayed);
  // No picture goes out before the look is written down.
  if (answer.status !== 200 || (await views.looked(grant))) return answer;
  return { status: 503, headers: { 'Retry-After': '2' } };
}

async function packagedAnswer({
  response,
  streams,
  path,
  grant,
}: Pick<HandleHlsOptions, 'response' | 'streams'> & { path: HlsPath; grant: OpenedGrant }): Promise<Answer> {
  const opening = path.file.kind === 'playlist' ? 'allowed' : 'refused';
  const found = streams.streamFor({ ...path, windowId: grant.windowId, opening });
  if (!found.ok) return { status: found.refusal.code === 'cameras.gatewayFull' ? 503 : 404 };
  return found.value === null ? { status: 404 } : await fileOf({ file: path.file, stream: found.value, response });
}

// The code is for people who look at the player's network log: a player itself only sees the status.
function relayedAnswer(relayed: RelayAnswer): Answer {
  if (relayed.status !== 200) return { status: relayed.status, headers: { 'X-Refusal-Code': relayed.code } };
  return { status: 200, type: relayed.type, parts: [relayed.bytes] };
}

async function fileOf({ file, stream, response }: { file: HlsPath['file']; stream: HlsStream; response: ServerResponse }): Promise<Answer> {
  switch (file.kind) {
    case 'playlist': {
      const givenUp = new AbortController();
      response.once('close', () => givenUp.abort());
      if ((await stream.firstSegment(givenUp.signal)) === 'missing') return { status: 503, headers: { 'Retry-After': '1' } };
      return { status: 200, type: 'application/vnd.apple.mpegurl', parts: [Buffer.from(playlistText(stream.segments.list()))] };
    }
    case 'init': {
      const bytes = stream.segments.init(file.run);
      return bytes === null ? { status: 404 } : { status: 200, type: 'video/mp4', parts: [bytes] };
    }
    case 'segment': {
      const segment = stream.segments.segment(file.number);
      return segment === null ? { status: 404 } : { status: 200, type: 'video/mp4', parts: segment.parts };
    }
  }
}

function redeemed(request: IncomingMessage, grants: MediaGrants): OpenedGrant | null {
  const token = /^Bearer ([\x21-\x7e]{32,256})$/.exec(request.headers.authorization ?? '')?.[1];
  const grant = token === undefined ? null : grants.redeem(token);
  return grant !== null && grants.isStillAllowed(grant) ? grant : null;
}
