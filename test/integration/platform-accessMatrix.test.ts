import { randomUUID } from 'node:crypto';
import { v7 as newUuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  commandSurfaces,
  type DeviceEnrolled,
  directorySurfaces,
  feedSurfaces,
  httpSurfaces,
  mediaSurfaces,
  questionSurfaces,
  Role,
  SessionOpened,
} from '#contract/access/index.ts';
import { routes } from '#contract/bus/index.ts';
import { LiftQuestion, ProbeQuestion } from '#contract/cameras/index.ts';
import { EvidenceQuestion, type EvidenceRow } from '#contract/evidence/index.ts';
import { OpenIncident } from '#contract/incidents/index.ts';
import { Unit } from '#contract/directory/index.ts';
import type { Timers } from '#contract/values/index.ts';
import type { TypedRow } from '#platform/directory/index.ts';
import type { OpenIntake } from '#platform/responders/index.ts';
import { nodeClock, nodeTimers } from '#platform/nodePorts.ts';
import { faultReport } from '../builders/openDesk.ts';
import { addAccount, enrol, logIn, openTestPlatform, post } from '../builders/platform.ts';
import { smallCounty } from '../builders/smallCounty.ts';
import { type AccessAsker, arrowInEast, isLetThrough, placeOfEast } from '../fakes/accessAsker.ts';
import { type BusDesk, connectDesk } from '../fakes/busDesk.ts';
import { openHandIntake } from '../fakes/handIntake.ts';
import { askers, isExpected, questions, territories, type TerritoryLetter } from './accessOracle.ts';

type Asked = { readonly question: string; readonly asker: string; readonly from: TerritoryLetter };
const letters = Object.keys(territories) as TerritoryLetter[];
const names = { name: 'water office', nameEn: 'water office' };
const unit = Unit.parse({ countyId: 'testland', id: 'u-east', regionId: 'east', ...names, dutyPhone: '' });
const eastUnit: TypedRow = { kind: 'units', row: unit };
const roles = askers.filter((asker) => asker !== 'device' && asker !== 'nobody');

const openInEast = OpenIncident.parse({
  ...{ incidentId: 'i-east', version: 1, number: 'AL-1', at: [108.5, 33.2], regionId: 'east-1', townId: 'east', villageId: 'east-1' },
  ...{ kind: 'landslide', urgency: 'urgent', reportedAtMs: 1_000, dueAtMs: 2_000 },
});

/** A round of positions is due every second; the matrix waits for about seventy of them. */
const hastyTimers: Timers = { afterMs: (delayMs, run) => nodeTimers.afterMs(delayMs === 1_000 ? 20 : delayMs, run) };

let platform: Awaited<ReturnType<typeof openTestPlatform>>;
const desks: BusDesk[] = [];
beforeAll(async () => {
  const { openIntake, report } = openHandIntake(nodeClock);
  const foundation = { county: smallCounty.county, rows: () => [...smallCounty.rows, eastUnit] };
  const openBoth: OpenIntake = (ports) => {
    void ports.incidents.report(openInEast);
    return openIntake(ports);
  };
  platform = await openTestPlatform({ openIntake: openBoth, foundation, timers: hastyTimers });
  report('r-east', placeOfEast);
  report('r-west');
});
afterAll(async () => {
  for (const desk of desks) desk.close();
  await platform.close();
});

async function connect(device: DeviceEnrolled): Promise<BusDesk> {
  const desk = await connectDesk({ url: platform.url, device });
  desks.push(desk);
  return desk;
}

/** An account of that role and territory, made by the administrator, logged in. */
async function sessionOf({ role, from, admin }: { role: string; from: TerritoryLetter; admin: string }): Promise<string> {
  const person = {
    account: `${role}.${from}`,
    name: role,
    roles: [role],
    territory: [territories[from]],
    ...(role === 'unitLiaison' ? { unitId: 'u-east' } : {}),
  };
  const { account, password } = await addAccount({ url: platform.url, admin, person });
  const login = { account, password };
  return SessionOpened.parse(await (await post({ url: `${platform.url}${routes.login}`, body: login })).json()).session;
}

/** Everybody of the matrix: people sit at one desk of the county, workstations are on their own, nobody has nothing. */
async function everybody(): Promise<readonly (AccessAsker & Omit<Asked, 'question'>)[]> {
  const { url } = platform;
  const admin = (await logIn({ url, account: 'admin' })).session;
  const device = await enrol({ url, session: (await logIn({ url, account: 'duty' })).session });
  const desk = await connect(device);
  let deskSeq = 0;
  const nextDeskSeq = () => (deskSeq += 1);
  const nextDrawing = () => drawingOf({ desk, deskSeq: nextDeskSeq() });
  const shared = {
    url,
    nextDeskSeq,
    reference: await noteOf({ desk, deskSeq: nextDeskSeq() }),
    evidenceId: await pictureOf(desk),
    authorId: await authorInEast(nextDrawing),
    nextDrawing,
  };
  const all: (AccessAsker & Omit<Asked, 'question'>)[] = [];
  for (const from of letters) {
    for (const role of roles) {
      const session = await sessionOf({ role, from, admin });
      all.push({ ...shared, asker: role, from, desk, deskId: device.deskId, session, bearer: session });
      if (role !== 'dutyOfficer') continue;
      const own = await enrol({ url, session });
      const alone = { asker: 'device', from, desk: await connect(own), deskId: own.deskId, session: null };
      all.push({ ...shared, ...alone, bearer: `${own.deskId}:${own.deviceKey}` });
    }
    all.push({ ...shared, asker: 'nobody', from, desk: null, deskId: 'desk-none', session: null, bearer: null });
  }
  return all;
}

/** A note beside a fault of the camera `east-a`; the reference that its fact holds. */
async function noteOf({ desk, deskSeq }: { desk: BusDesk; deskSeq: number }): Promise<string> {
  const { session } = await logIn({ url: platform.url, account: 'duty' });
  await desk.resume([{ feed: 'county/testland', position: null }]);
  await desk.ask('command', faultReport({ session, deskSeq, note: 'a note' }));
  await desk.until(() => desk.told.facts.some(({ fact }) => fact.type === 'cameras.faultReported'));
  return (JSON.parse(desk.told.facts[0]?.fact.payload ?? '{}') as { note: { reference: string } }).note.reference;
}

/** Something that the duty officer draws in the town `east`. */
async function drawingOf({ desk, deskSeq }: { desk: BusDesk; deskSeq: number }): Promise<string> {
  const [{ session }, id] = [await logIn({ url: platform.url, account: 'duty' }), randomUUID()];
  const reply = await desk.ask('command', { ...faultReport({ session, deskSeq, commandId: newUuid() }), command: arrowInEast(id) });
  if (!(reply as { ok: boolean }).ok) throw new Error('nothing was drawn');
  return id;
}

/** The duty officer, with something of his that nobody is asked to erase. */
async function authorInEast(draw: () => Promise<string>): Promise<string> {
  await draw();
  return (await logIn({ url: platform.url, account: 'duty' })).person.personId;
}

/** A picture of the camera `east-a` that the duty officer keeps. */
async function pictureOf(desk: BusDesk): Promise<string> {
  const { session } = await logIn({ url: platform.url, account: 'duty' });
  await desk.ask('attach', { session });
  const reason = { kind: 'drill', reference: null };
  const answer = (await desk.ask('ask', { type: 'evidence.take', cameraId: 'east-a', reason, language: 'zh' })) as { value: EvidenceRow };
  return answer.value.evidenceId;
}

async function answers(): Promise<readonly (Asked & { readonly isLet: boolean })[]> {
  const given = [];
  for (const who of await everybody()) {
    for (const question of questions) {
      given.push({ question, asker: who.asker, from: who.from, isLet: await isLetThrough(who, question) });
    }
  }
  return given;
}

test('role, territory, surface and transport: the platform answers as the table written by hand, in every case', async () => {
  const given = await answers();
  const mismatches = given.filter((answer) => answer.isLet !== isExpected(answer));
  process.stdout.write(
    `${given.length} cases, ${given.filter(({ isLet }) => isLet).length} let through, ${mismatches.length} mismatches\n`,
  );
  expect(mismatches).toEqual([]);
  // The comparison can fail: the other town's answers are not the own town's.
  const swapped = given.filter(({ isLet, ...asked }) => isLet !== isExpected({ ...asked, from: asked.from === 'O' ? 'X' : 'O' }));
  expect(swapped.length).toBeGreaterThan(0);
});

test('the table leaves out no role and no surface', () => {
  const asked = (prefix: string) => questions.filter((each) => each.startsWith(prefix)).map((each) => each.slice(prefix.length));
  expect(roles.toSorted()).toEqual(Role.options.toSorted());
  expect(asked('http ').toSorted()).toEqual(Object.keys(httpSurfaces).toSorted());
  const keeping = EvidenceQuestion.options.map(({ shape }) => shape.type.value);
  expect(asked('bus evidence ').map((name) => `evidence.${name}`)).toEqual(keeping);
  expect(asked('bus command ')).toEqual(Object.keys(commandSurfaces).map((type) => type.split('.')[1]));
  expect(asked('bus views ')).toEqual(asked('bus ask '));
  const steering = Object.keys(questionSurfaces).filter((type) => type.startsWith('cameras.ptz'));
  expect(asked('bus steer ').map((name) => `cameras.${name}`)).toEqual(steering);
  const lifting = Object.values(LiftQuestion.options).map(({ shape }) => shape.type.value);
  expect(asked('bus lift ').map((name) => `cameras.${name}`)).toEqual(lifting);
  const probing = Object.values(ProbeQuestion.options).map(({ shape }) => shape.type.value);
  expect(asked('bus probe ').map((name) => `cameras.${name}`)).toEqual(probing);
  const following = Object.keys(questionSurfaces).filter((type) => type.startsWith('responders.'));
  expect(asked('bus follow ').map((name) => `responders.${name}`)).toEqual(following);
  expect(questions).toEqual(expect.arrayContaining(Object.keys(directorySurfaces).map((name) => `bus ${name}`)));
  expect(asked('bus feed ')).toEqual(expect.arrayContaining(Object.keys(feedSurfaces)));
  const transports = ['hls', 'push', 'whep'].filter((transport) => asked(`${transport} media `).length > 0);
  expect([...transports, ...asked('picture ').map((of) => of.split(' ')[0])]).toEqual(Object.keys(mediaSurfaces));
});
