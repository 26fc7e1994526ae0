import { mkdirSync } from 'node:fs';
import path from 'node:path';
import pino from 'pino';
import { routes } from '#contract/bus/index.ts';
import { EvidenceGrant, EvidenceRow } from '#contract/evidence/index.ts';
import { createCameraGateway } from '#platform/cameras/index.ts';
import { createEvidenceErasures, evidenceFolderName, openEvidenceKey, openSealedFiles } from '#platform/evidence/index.ts';
import { nodeClock, nodeTimers } from '#platform/nodePorts.ts';
import { openSqliteStore, type RecordStore } from '#platform/record/index.ts';
import type { PlatformPorts } from '#platform/server.ts';
import { runFfmpeg } from '../fakes/ffmpegTool.ts';
import { faultReport, openCountyDesk } from './openDesk.ts';
import { logIn, openTestPlatform, post } from './platform.ts';

/** Why a picture is kept, in tests. */
export const forIncident = { kind: 'incident', reference: '2026-118' } as const;

/** Draws a still, white film that every camera of an evidence room plays. */
export async function drawWhiteLoop(folder: string): Promise<string> {
  const loop = path.join(folder, 'white.mp4');
  const white = ['-f', 'lavfi', '-i', 'color=white:size=640x360:rate=12.5:duration=2', '-pix_fmt', 'yuv420p'];
  await runFfmpeg([...white, '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '12', '-bf', '0', loop]);
  return loop;
}

/** A real platform on a data folder, its real gateway playing `loop`, and the duty officer at a desk of the county. */
export async function openEvidenceRoom({
  data,
  loop,
  wrap = (store) => store,
  cameras = null,
  ...replaced
}: {
  data: string;
  loop: string;
  wrap?: (store: RecordStore) => RecordStore;
  /** More about cameras, as an import's lines; null = none. */
  cameras?: string | null;
} & Partial<PlatformPorts>) {
  mkdirSync(data, { recursive: true });
  const kept = await openSqliteStore({ file: path.join(data, 'record.sqlite'), newEpoch: 'e1' });
  const folder = path.join(data, evidenceFolderName);
  const evidence = {
    store: openSealedFiles({ folder, key: openEvidenceKey(data), hasRoom: async () => true }),
    erasures: createEvidenceErasures(data),
  };
  const gatewayPorts = { clock: nodeClock, timers: nodeTimers, randomness: () => 0.5, log: pino({ level: 'silent' }), ffmpeg: 'ffmpeg' };
  const platform = await openTestPlatform({
    store: wrap(kept),
    evidence,
    demoLoops: { loopOf: () => loop, isDrawn: () => true },
    openGateway: (ports) => createCameraGateway({ ...ports, ...gatewayPorts, transcoding: { cores: 1, count: 2 } }),
    ...replaced,
  });
  if (cameras !== null) await importCameras(platform.url, cameras);
  const { desk, session, device } = await openCountyDesk(platform.url);
  const sitDown = async (account: string) => {
    const opened = await logIn({ url: platform.url, account });
    await desk.ask('attach', { session: opened.session });
    return opened;
  };
  await desk.ask('attach', { session });
  let deskSeq = 0;
  const ask = async (question: object) => (await desk.ask('ask', question)) as { ok: boolean; value?: unknown; refusal?: { code: string } };
  return {
    url: platform.url,
    store: kept,
    evidence,
    folder,
    desk,
    device,
    ask,
    /** Somebody else logs in at the same desk. */
    sitDown,
    take: (cameraId = 'east-a') => ask({ type: 'evidence.take', cameraId, reason: forIncident, language: 'zh' }),
    async taken(cameraId = 'east-a') {
      const answer = await ask({ type: 'evidence.take', cameraId, reason: forIncident, language: 'zh' });
      if (!answer.ok) throw new Error(JSON.stringify(answer));
      return EvidenceRow.parse(answer.value);
    },
    open: (evidenceId: string) => ask({ type: 'evidence.open', evidenceId, purpose: { kind: 'patrol', reference: null } }),
    /** Asks for the right, then for the bytes. */
    async fetched(evidenceId: string) {
      const answer = await ask({ type: 'evidence.open', evidenceId, purpose: { kind: 'patrol', reference: null } });
      return answer.ok ? await fetchOnce(EvidenceGrant.parse(answer.value)) : (answer.refusal?.code ?? '');
    },
    async erase(evidenceId: string, account = 'admin') {
      const { session: own } = await logIn({ url: platform.url, account });
      const command = { type: 'evidence.erase', evidenceId, reason: 'request' };
      return await desk.ask('command', { ...faultReport({ session: own, deskSeq: ++deskSeq }), command });
    },
    async close() {
      desk.close();
      await platform.close();
    },
  };
}

/** Uses a right to one picture; the refusal's code, or the status, where there is none. */
export async function fetchOnce({ url, token }: EvidenceGrant): Promise<Uint8Array | string> {
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return answer.ok ? bytes : (answer.headers.get('x-refusal-code') ?? `${answer.status}`);
}

async function importCameras(url: string, lines: string): Promise<void> {
  const { session } = await logIn({ url, account: 'admin' });
  const files = [{ name: 'cameras.csv', base64: Buffer.from(lines).toString('base64') }];
  const imported = await post({ url: `${url}${routes.directoryImport}`, body: { files, take: 'all' }, token: session });
  const report = (await imported.json()) as { problems: unknown[] };
  if (report.problems.length > 0) throw new Error(JSON.stringify(report));
}
