import { randomBytes } from 'node:crypto';
import pino from 'pino';
import { DeviceEnrolled, PersonChanged, SessionOpened } from '#contract/access/index.ts';
import { routes } from '#contract/bus/index.ts';
import { createArgonPasswords } from '#platform/access/index.ts';
import { createPassingAuditKeys, forgottenHeadLists } from '#platform/audit/index.ts';
import type { CameraGateway } from '#platform/cameras/index.ts';
import { nodeClock, nodeSecrets, nodeTimers } from '#platform/nodePorts.ts';
import { createPassingEvidence } from '#platform/evidence/index.ts';
import {
  createPassingErasures,
  createPassingList,
  createPassingParticularsKeys,
  createMemoryStore,
  type RecordStore,
} from '#platform/record/index.ts';
import { createPlatform, type Platform, type PlatformPorts } from '#platform/server.ts';
import { createRedeemingGateway, type GatewayHandover } from '../fakes/redeemingGateway.ts';
import { smallCounty } from './smallCounty.ts';

/** Cheap on purpose: tests log in often. The cost is part of each stored hash. */
const cheapPasswords = createArgonPasswords({ newSalt: (bytes) => randomBytes(bytes), cost: { memory: 64, passes: 1, parallelism: 1 } });

/** A demo platform with the small county, a fake gateway and a memory store on a free port; every port may be replaced. */
export async function openTestPlatform(replaced: Partial<PlatformPorts> & { store?: RecordStore } = {}) {
  let handover: GatewayHandover | null = null;
  const openGateway = (ports: GatewayHandover): CameraGateway => {
    handover = ports;
    return createRedeemingGateway(ports);
  };
  const platform: Platform = await createPlatform({
    store: createMemoryStore({ epoch: 'epoch-1' }),
    listen: { host: '127.0.0.1', port: 0 },
    mode: 'demo',
    foundation: { county: smallCounty.county, rows: () => smallCounty.rows },
    demoLoops: { loopOf: (camera, quality) => `${camera.id}-${quality}.mp4`, isDrawn: () => true },
    passwords: cheapPasswords,
    audit: { keys: createPassingAuditKeys(), lists: forgottenHeadLists },
    particulars: { keys: createPassingParticularsKeys(), erasures: createPassingErasures() },
    evidence: { store: createPassingEvidence(), erasures: createPassingList() },
    secrets: nodeSecrets,
    clock: nodeClock,
    timers: nodeTimers,
    randomness: Math.random,
    log: pino({ level: process.env['TEST_LOG'] ?? 'silent' }),
    openGateway,
    ...replaced,
  });
  return { ...platform, gateway: () => handover };
}

/** Logs a demo account in. */
export async function logIn({ url, account }: { url: string; account: string }): Promise<SessionOpened> {
  const answer = await post({ url: `${url}${routes.login}`, body: { account, password: `${account}-demo` } });
  return SessionOpened.parse(await answer.json());
}

/** Enrols a new workstation with a session. */
export async function enrol({ url, session }: { url: string; session: string }): Promise<DeviceEnrolled> {
  const answer = await post({ url: `${url}${routes.enrol}`, body: {}, token: session });
  return DeviceEnrolled.parse(await answer.json());
}

/** One POST with a JSON body. */
export async function post({ url, body, token }: { url: string; body: object; token?: string }): Promise<Response> {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...authorization },
    body: JSON.stringify(body),
  });
}

/** An account that an administrator adds and whose person has set his own password: good for everything that its rights are. */
export async function addAccount({ url, admin, person }: { url: string; admin: string; person: NewAccount }) {
  const answer = await post({ url: `${url}${routes.people}`, body: person, token: admin });
  const added = PersonChanged.parse(await answer.json());
  const { personId, account } = added.person;
  const password = await setOwnPassword({ url, account, oneTime: added.newPassword ?? '' });
  return { personId, account, password };
}

/** What an administrator says of somebody new. */
export type NewAccount = { account: string; name: string; roles: readonly string[]; territory: readonly string[]; unitId?: string };

/** Logs in with the password that was made for somebody, and sets one of his own. */
export async function setOwnPassword({ url, account, oneTime }: { url: string; account: string; oneTime: string }): Promise<string> {
  const login = await post({ url: `${url}${routes.login}`, body: { account, password: oneTime } });
  const { session } = SessionOpened.parse(await login.json());
  const newPassword = 'nine lamps by the weir';
  const changed = await post({ url: `${url}${routes.password}`, body: { oldPassword: oneTime, newPassword }, token: session });
  if (!changed.ok) throw new Error(await changed.text());
  await post({ url: `${url}${routes.logout}`, body: {}, token: session });
  return newPassword;
}
