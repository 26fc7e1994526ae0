import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { routes } from '#contract/bus/index.ts';
import { whepLimits } from '#contract/cameras/index.ts';
import { granted, type Result, refused } from '#contract/values/index.ts';
import type { CameraSources, MediaGrants, OpenedGrant } from '#platform/cameras/ports.ts';
import { checkSourceUrl, type SourceNetworks } from '../../checkSourceUrl.ts';
import { askDevice, type DevicePorts } from '../../device/askDevice.ts';
import type { GatewayLog } from '../../gatewayLog.ts';
import { addressIn } from '../hls/index.ts';
import { checkAnswer, checkOffer } from './sdp.ts';
import type { WhepSessions } from './whepSessions.ts';

export type WhepPorts = DevicePorts & {
  readonly sources: CameraSources;
  readonly grants: MediaGrants;
  readonly networks: SourceNetworks;
  readonly sessions: WhepSessions;
  readonly log: GatewayLog;
};

type Answer = { readonly status: number; readonly code?: string; readonly headers?: Record<string, string>; readonly body?: string };

// Windows of another origin ask with headers; bearer tokens make `*` safe (no cookies).
const everyAnswer = {
  'Cache-Control': 'no-store',
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'Location, X-Refusal-Code',
  'X-Content-Type-Options': 'nosniff',
};
const preflight = {
  'Access-Control-Allow-Methods': 'POST, DELETE',
  'Access-Control-Allow-Headers': 'Authorization, Content-Type',
  'Access-Control-Max-Age': '7200',
};
const shape = new RegExp(`^${routes.mediaWhep}/([A-Za-z0-9._-]{1,64})/(main|sub)(?:/([A-Za-z0-9_-]{24}))?$`);
const withinMs = 5_000;

/** Answers requests under the WHEP route (contract/cameras/whep.ts); false, and nothing written, for all others. */
export async function handleWhep({
  request,
  response,
  ports,
}: {
  request: IncomingMessage;
  response: ServerResponse;
  ports: WhepPorts;
}): Promise<boolean> {
  const target = request.url ?? '';
  if (!target.startsWith(`${routes.mediaWhep}/`)) return false;
  const { status, code, headers, body } = await answerTo({ request, target, ports });
  if (response.destroyed) return true;
  const told = code === undefined ? {} : { 'X-Refusal-Code': code };
  response.writeHead(status, { ...everyAnswer, ...told, ...headers, 'Content-Length': Buffer.byteLength(body ?? '') }).end(body);
  return true;
}

async function answerTo({ request, target, ports }: { request: IncomingMessage; target: string; ports: WhepPorts }): Promise<Answer> {
  const [, cameraId, quality, session] = shape.exec(target) ?? [];
  if (cameraId === undefined) return { status: 404 };
  if (request.method === 'OPTIONS') return { status: 204, headers: preflight };
  const grant = redeemed(request, ports.grants);
  if (grant === null) return { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } };
  if (grant.cameraId !== cameraId || grant.quality !== quality || grant.masks !== undefined)
    return { status: 403, code: 'access.notAllowed' };
  if (session !== undefined) {
    if (request.method !== 'POST' && request.method !== 'DELETE') return { status: 405 };
    const isKnown = request.method === 'POST' ? ports.sessions.renew(session, grant) : ports.sessions.end(session, grant);
    return { status: isKnown ? 204 : 404 };
  }
  if (request.method !== 'POST') return { status: 405 };
  const opened = await open({ request, grant, ports });
  if (opened.ok)
    return {
      status: 201,
      headers: { 'Content-Type': 'application/sdp', Location: `${target}/${opened.value.id}` },
      body: opened.value.sdp,
    };
  return { status: opened.refusal.code.startsWith('cameras.sdp') ? 400 : 502, code: opened.refusal.code };
}

type Opening = { readonly request: IncomingMessage; readonly grant: OpenedGrant; readonly ports: WhepPorts };

async function open({ request, grant, ports }: Opening): Promise<Result<{ id: string; sdp: string }, string>> {
  const { sources, grants, networks, sessions } = ports;
  const source = sources.sourceOf(grant.cameraId, grant.quality);
  if (source?.kind !== 'whep') return refused('cameras.notConnected');
  if (!sessions.hasRoom()) return refused('cameras.gatewayFull');
  const url = checkSourceUrl(source.url, { networks, schemes: ['http', 'https'] });
  if (!url.ok) return url;
  const text = /^application\/sdp\b/i.test(request.headers['content-type'] ?? '') ? await bodyOf(request) : null;
  const offer = text === null ? refused('cameras.sdpMalformed') : checkOffer(text);
  if (!offer.ok) return offer;
  const told = await postOffer({ url: url.value, offer: offer.value, ports });
  if (!told.ok) return told;
  const hangUp = () => hangUpAt({ url: told.value.endUrl, cameraId: grant.cameraId, ports });
  const answer = checkAnswer(told.value.answer, networks);
  // No picture before the look is written down: without our answer the window has nothing to connect to.
  if (!answer.ok || !(await grants.viewOpened(grant))) {
    hangUp();
    return answer.ok ? refused('cameras.notConnected') : answer;
  }
  const id = randomBytes(18).toString('base64url');
  sessions.add(id, { grant, hangUp });
  return granted({ id, sdp: answer.value });
}

async function postOffer({
  url,
  offer,
  ports,
}: {
  url: URL;
  offer: string;
  ports: WhepPorts;
}): Promise<Result<{ answer: string; endUrl: URL | null }, string>> {
  const headers = { 'Content-Type': 'application/sdp', Accept: 'application/sdp' };
  const told = await askDevice({ url, method: 'POST', headers, body: offer, maxBytes: whepLimits.sdpBytes, withinMs }, ports);
  if (!told.ok) return told;
  const { status, headers: given, body } = told.value;
  if (status >= 300 && status < 400) return refused('cameras.redirected');
  if (status !== 200 && status !== 201) return refused('cameras.whepStatus', { status });
  const end = given.location === undefined ? null : addressIn(given.location, { base: url, networks: ports.networks });
  // Only the server that answered is told the end: nobody else is to hear of its views.
  const endUrl = end?.ok === true && end.value.host === url.host ? end.value : null;
  return granted({ answer: body.toString('utf8'), endUrl });
}

function hangUpAt({ url, cameraId, ports }: { url: URL | null; cameraId: string; ports: WhepPorts }): void {
  if (url === null) return;
  void askDevice({ url, method: 'DELETE', maxBytes: 1024, withinMs }, ports).then(
    (answer) => answer.ok || ports.log.warn({ cameraId, code: answer.refusal.code }, 'a WebRTC view could not be hung up'),
  );
}

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > whepLimits.sdpBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function redeemed(request: IncomingMessage, grants: MediaGrants): OpenedGrant | null {
  const token = /^Bearer ([\x21-\x7e]{32,256})$/.exec(request.headers.authorization ?? '')?.[1];
  const grant = token === undefined ? null : grants.redeem(token);
  return grant !== null && grants.isStillAllowed(grant) ? grant : null;
}
