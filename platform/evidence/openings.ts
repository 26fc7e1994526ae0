import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { may, questionSurfaces } from '#contract/access/index.ts';
import { routes } from '#contract/bus/index.ts';
import {
  type EvidenceGrant,
  type EvidenceId,
  evidenceLimits,
  type EvidenceRefusalCode,
  type OpenEvidence,
} from '#contract/evidence/index.ts';
import type { Actor } from '#contract/record/index.ts';
import { granted, type Result, refused } from '#contract/values/index.ts';
import type { EvidenceEntry } from './entries.ts';
import type { EvidenceAsker, KeepingPorts } from './ports.ts';

type Opening = { readonly question: OpenEvidence; readonly asker: EvidenceAsker; readonly expiresAtMs: number };
type Answer = { readonly status: number; readonly code?: string; readonly bytes?: Uint8Array };

/** Rights given and not used; a flood of questions must not fill the memory. */
const mostOpenings = 1_000;

/** Shows kept pictures: a right to one opening first, then, with the look on the record, the bytes. */
export function createOpenings(ports: KeepingPorts & { entries: ReadonlyMap<EvidenceId, EvidenceEntry> }) {
  const { evidence, entries, writer, clock, secrets, log, baseUrl } = ports;
  const openings = new Map<string, Opening>();

  function grant(question: OpenEvidence, asker: EvidenceAsker): Result<EvidenceGrant, EvidenceRefusalCode> {
    const found = readable({ evidenceId: question.evidenceId, asker });
    if (!found.ok) return found;
    const nowMs = clock.nowMs();
    for (const [token, { expiresAtMs }] of openings) if (expiresAtMs <= nowMs || openings.size >= mostOpenings) openings.delete(token);
    const token = secrets.newToken();
    const expiresAtMs = nowMs + evidenceLimits.grantMs;
    openings.set(token, { question, asker, expiresAtMs });
    const { evidenceId } = question;
    return granted({ evidenceId, token, url: `${baseUrl()}${routes.mediaEvidence}/${evidenceId}`, expiresAtMs });
  }

  /** The picture that somebody may open now. Foreign and missing are the same. */
  function readable({
    evidenceId,
    asker: { actor },
  }: {
    evidenceId: EvidenceId;
    asker: Pick<EvidenceAsker, 'actor'>;
  }): Result<EvidenceEntry, EvidenceRefusalCode> {
    const entry = entries.get(evidenceId);
    const regionPath = entry === undefined ? [] : ports.pathOf(entry.taken.cameraId);
    if (entry === undefined || !regionPath.some((region) => actor.territory.includes(region))) return refused('evidence.unknown');
    if (!may(actor, questionSurfaces['evidence.open'].action, { regionPath })) return refused('access.notAllowed');
    return entry.erasure === null ? granted(entry) : refused('evidence.alreadyErased');
  }

  /** Uses a right up: whoever holds the token twice has it once. */
  function redeem(token: string | null, evidenceId: string): Opening | null {
    const opening = token === null ? undefined : openings.get(token);
    if (token !== null) openings.delete(token);
    const nowMs = clock.nowMs();
    const isInTime =
      opening !== undefined && nowMs < opening.expiresAtMs && nowMs >= opening.expiresAtMs - evidenceLimits.grantMs - clockSlackMs;
    return isInTime && opening.question.evidenceId === evidenceId ? opening : null;
  }

  async function show({ question, asker }: Opening): Promise<Answer> {
    const actor = ports.actorOf(asker.sessionId);
    const found = actor === null ? refused('access.notAllowed' as const) : readable({ evidenceId: question.evidenceId, asker: { actor } });
    if (!found.ok) return { status: 403, code: found.refusal.code };
    const { evidenceId, cameraId, sha256 } = found.value.taken;
    const { purpose } = question;
    const { personId, deskId } = asker;
    const told = await writer.submit({
      key: null,
      actor: `person/${personId}` as Actor,
      decide: () =>
        granted({
          facts: [{ type: 'evidence.opened', subject: `camera/${cameraId}`, payload: { evidenceId, cameraId, purpose, deskId, personId } }],
        }),
    });
    if (!told.ok) return { status: 503, code: told.refusal.code };
    const bytes = await evidence.store.open(evidenceId).catch((error: unknown) => {
      log.error({ err: error, evidenceId }, 'a kept picture is not what was kept');
      return null;
    });
    const isSame = bytes !== null && createHash('sha256').update(bytes).digest('hex') === sha256;
    return isSame ? { status: 200, bytes } : { status: 410, code: 'evidence.missing' };
  }

  return {
    grant,
    /** Answers GET `routes.mediaEvidence`/<id>; false (and nothing written) for other paths. */
    async handleHttp(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
      const path = (request.url ?? '').split('?')[0] ?? '';
      if (!path.startsWith(`${routes.mediaEvidence}/`)) return false;
      if (request.method === 'OPTIONS') return end(response, { status: 204 });
      const token = /^Bearer ([\x21-\x7e]{32,256})$/.exec(request.headers.authorization ?? '')?.[1] ?? null;
      const opening = request.method === 'GET' ? redeem(token, path.slice(routes.mediaEvidence.length + 1)) : null;
      return end(response, opening === null ? { status: request.method === 'GET' ? 401 : 405 } : await show(opening));
    },
  };
}

/** What a clock may be put back by without anybody noticing: a time server corrects by less. Unit: ms. */
const clockSlackMs = 5_000;

// A window of another origin asks with a header, so each answer needs CORS and the path a preflight; bearer tokens make `*` safe (no cookies).
const everyAnswer = {
  'Cache-Control': 'no-store',
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET',
  'Access-Control-Allow-Headers': 'Authorization',
  'Access-Control-Expose-Headers': 'X-Refusal-Code',
  'X-Content-Type-Options': 'nosniff',
};

function end(response: ServerResponse, { status, code, bytes }: Answer): true {
  if (response.destroyed) return true;
  const type = bytes === undefined ? {} : { 'Content-Type': 'image/jpeg' };
  response.writeHead(status, {
    ...everyAnswer,
    ...type,
    ...(code === undefined ? {} : { 'X-Refusal-Code': code }),
    'Content-Length': bytes?.length ?? 0,
  });
  response.end(bytes);
  return true;
}
