import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { v7 as newUuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  busSurfaces,
  commandSurfaces,
  type HttpSurface,
  type HttpSurfaceName,
  httpSurfaces,
  questionSurfaces,
  Role,
} from '#contract/access/index.ts';
import { type Handshake, routes } from '#contract/bus/index.ts';
import { type AttackedPlatform, openAttackedPlatform } from '../../builders/attackedPlatform.ts';
import { faultReport, viewQuestion } from '../../builders/openDesk.ts';
import { post } from '../../builders/platform.ts';
import { openRawBus } from '../../fakes/rawBus.ts';

let platform: AttackedPlatform;
let handshake: Handshake;
/** Somebody who may ask every page. */
let session: string;
beforeAll(async () => {
  platform = await openAttackedPlatform();
  handshake = await platform.enrol();
  session = await everyRole();
});
afterAll(() => platform.remove());

const nested = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
const deep = `${'{"a":'.repeat(8_000)}1${'}'.repeat(8_000)}`;
const badMessage = { ok: false, refusal: { code: 'bus.badMessage' } };

/** The administrator gives himself every role; that ends his sessions, and he logs in again. */
async function everyRole(): Promise<string> {
  const { url, signIn } = platform;
  const { session: first, personId } = await signIn();
  const rights = { change: 'setRights', personId, roles: Role.options, territory: ['county'] };
  const changed = await post({ url: `${url}${routes.changePerson}`, body: rights, token: first });
  expect(changed.status).toBe(200);
  return await platform.signInAgain();
}

/** One word after the other: the event, and where it has types of its own the type. */
type Saying = { readonly event: string; readonly message: object };

/** A message of every event, command and question that the platform takes as it stands. The first test names what is new and has none. */
function goodSayings(): Readonly<Record<string, Saying>> {
  const wallFact = {
    ...{ countyId: 'county', type: 'wall.tileCleared', v: 1, atMs: 1_800_000_000_000, actor: `device/${handshake.deskId}` },
    ...{ commandId: null, subject: `desk/${handshake.deskId}`, payload: '{"version":1,"displayKey":"DP-1","cell":0}' },
  };
  const say = (event: string, message: object): Saying => ({ event, message });
  const command = (asked: object) => say('command', { ...faultReport({ session, commandId: newUuid() }), command: asked });
  const steer = (type: string, more: object = {}) => say('ask', { type: `cameras.${type}`, cameraId: 'no-c1', ...more });
  const [cameraId, reference] = ['nowhere', randomUUID()];
  const { type: _, windowId, ...view } = viewQuestion({ cameraId: 'no-c1' });
  return {
    resume: say('resume', { places: [{ feed: 'county/county', position: null }] }),
    ship: say('ship', { facts: [{ seq: 1, fact: wallFact }] }),
    attach: say('attach', { session: null }),
    clock: say('clock', {}),
    receipts: say('receipts', { commandIds: [newUuid()] }),
    positions: say('positions', {}),
    'cameras.reportFault': command({ type: 'cameras.reportFault', cameraId, fault: 'blurred' }),
    'cameras.clearFault': command({ type: 'cameras.clearFault', cameraId }),
    'cameras.judgeUnmoving': command({ type: 'cameras.judgeUnmoving', cameraId, word: 'quiet' }),
    'record.eraseParticulars': command({ type: 'record.eraseParticulars', reference, reason: 'mistake' }),
    'cameras.openView': say('ask', viewQuestion({ cameraId: 'no-c1' })),
    'cameras.openViews': say('ask', { type: 'cameras.openViews', windowId, views: [view] }),
    'record.openParticulars': say('ask', { type: 'record.openParticulars', reference, purpose: 'incident' }),
    'cameras.ptzStatus': steer('ptzStatus'),
    'cameras.ptzTake': steer('ptzTake', { from: 'nobody' }),
    'cameras.ptzMove': steer('ptzMove', { pan: 1, tilt: 0, zoom: 0 }),
    'cameras.ptzStop': steer('ptzStop'),
    'cameras.ptzGoTo': steer('ptzGoTo', { preset: '1' }),
    'cameras.ptzRelease': steer('ptzRelease'),
    'cameras.askLift': steer('askLift', { reason: { kind: 'incident', reference: null }, minutes: 5 }),
    'cameras.liftStatus': steer('liftStatus'),
    'cameras.endLift': steer('endLift'),
    'cameras.probe': steer('probe'),
    'cameras.probeStatus': steer('probeStatus'),
    'evidence.take': say('ask', { type: 'evidence.take', cameraId, reason: { kind: 'drill', reference: null }, language: 'zh' }),
    'evidence.list': say('ask', { type: 'evidence.list', cameraId, after: null }),
    'evidence.open': say('ask', { type: 'evidence.open', evidenceId: newUuid(), purpose: { kind: 'patrol', reference: null } }),
    'responders.followOne': say('ask', { type: 'responders.followOne', responderId: 'r-1', purpose: { kind: 'drill', reference: null } }),
    'evidence.erase': command({ type: 'evidence.erase', evidenceId: newUuid(), reason: 'mistake' }),
    'map.draw': command({
      type: 'map.draw',
      id: newUuid(),
      regionId: 'county',
      shape: { kind: 'text', points: [[108, 33]], text: '集结' },
      hours: 2,
    }),
    'map.eraseDrawing': command({ type: 'map.eraseDrawing', id: newUuid() }),
  };
}

/** Everything that can be said on the bus, by the names of the registry; commands and questions by their types. */
const sayings = [
  ...Object.keys(busSurfaces).filter((event) => event !== 'command' && event !== 'ask'),
  ...Object.keys(commandSurfaces),
  ...Object.keys(questionSurfaces),
];

/** JSON that is no message of anybody, whatever the event. */
const neverMessages = {
  nothing: 'null',
  'a number': '1e308',
  'a text': '"attach"',
  'a lone surrogate': '"\\ud800"',
  'a list': '[]',
  'ten thousand lists in each other': nested,
  'eight thousand objects in each other': deep,
  'an added __proto__': '{"__proto__":{"isAdmin":true}}',
  'an added constructor': '{"constructor":{"prototype":{"isAdmin":true}}}',
  'an added toString': '{"toString":null}',
};

/** The same message with one thing wrong, as JSON text: every field, however deep, taken away or of another kind. */
function spoiled(good: object): readonly string[] {
  const wrongs: readonly unknown[] = [undefined, -1.5, '\ud800', '', [], {}, { constructor: {} }, true];
  const isOfAKind = (one: unknown, other: unknown) => typeof one === typeof other && Array.isArray(one) === Array.isArray(other);
  const around = (key: string, inner: unknown) => (Array.isArray(good) ? [inner] : { ...good, [key]: inner });
  return Object.entries(good).flatMap(([key, value]: [string, unknown]) => [
    ...wrongs
      .filter((wrong) => !isOfAKind(wrong, value) && !(wrong === undefined && (Array.isArray(good) || key === 'limit')))
      .map((wrong) => JSON.stringify(around(key, wrong))),
    ...(typeof value === 'object' && value !== null ? spoiled(value).map((inner) => JSON.stringify(around(key, JSON.parse(inner)))) : []),
  ]);
}

/** Asks each on a connection whose good message was answered before it; a third strike would end the connection, so two at a time. */
async function answersTo(name: string): Promise<{ texts: readonly string[]; answers: readonly string[] }> {
  const { event, message } = goodSayings()[name] as Saying;
  const texts = [...Object.values(neverMessages), ...spoiled(message)];
  const answers = [];
  for (let from = 0; from < texts.length; from += 2) {
    const bus = await openRawBus({ url: platform.url, handshake });
    const good = () => bus.ask(event, JSON.stringify(goodSayings()[name]?.message));
    expect(await good()).not.toMatch(/bus\.badMessage|closed/);
    for (const text of texts.slice(from, from + 2)) answers.push(await bus.ask(event, text));
    expect(await good()).not.toMatch(/bus\.badMessage|closed/);
    bus.close();
  }
  return { texts, answers };
}

describe('a malformed message on the bus', () => {
  test('has a good twin for every event, command, question and page of the registry', () => {
    const known = new Set([...Object.keys(goodSayings()), ...Object.keys(goodRequests)]);
    expect([...sayings, ...Object.keys(httpSurfaces)].filter((name) => !known.has(name))).toEqual([]);
  });

  test.each(sayings)('%s: every shape that is none is refused by name, and the connection goes on', async (name) => {
    const { texts, answers } = await answersTo(name);
    const wrong = texts.flatMap((text, index) => {
      const { commandId: _, ...refusal } = ((JSON.parse(answers[index] ?? 'null') as object[] | null) ?? [])[0] as { commandId?: string };
      return JSON.stringify(refusal) === JSON.stringify(badMessage) ? [] : [`${text.slice(0, 120)} -> ${answers[index]}`];
    });
    expect(wrong).toEqual([]);
    await platform.othersGoOn();
  });

  test('of any JSON at all is answered or ends its own connection, and no other', async () => {
    const event = fc.oneof(fc.constantFrom(...Object.keys(busSurfaces)), fc.constantFrom('constructor', '__proto__', 'toString', '', 'x'));
    const before = platform.memoryMib();
    let bus = await openRawBus({ url: platform.url, handshake });
    await fc.assert(
      fc.asyncProperty(event, fc.json({ maxDepth: 6, noUnicodeString: false }), async (name, text) => {
        if (bus.isOver()) bus = await openRawBus({ url: platform.url, handshake });
        const answer = await bus.ask(name, text);
        // Whatever it is: one word about it, never the inside of the platform.
        return answer === 'closed' || !/at \w+ \(|node_modules|bus\.failed/.test(answer);
      }),
      { numRuns: 400, seed: 19 },
    );
    bus.close();
    await platform.othersGoOn();
    expect(platform.memoryMib()).toBeLessThan(2 * before);
  });

  test('that no reader of packets understands ends the connection, not the platform', async () => {
    const packets = [
      '',
      '4',
      '42',
      '42{}',
      '42[',
      '42["clock"',
      '4299999999999999999999["clock",{}]',
      '451-["clock",{"_placeholder":true,"num":0}]',
      '45999999-["clock",{}]',
      '49',
      '9',
      '42/other,["clock",{}]',
      `42${nested}`,
    ];
    for (const packet of packets) {
      const bus = await openRawBus({ url: platform.url, handshake });
      expect(await bus.ask('clock', '{}')).toContain('platformNowMs');
      bus.send(packet);
      // What is not understood may end the connection or be passed over; a good message tells which.
      expect(await bus.ask('clock', '{}')).toMatch(/platformNowMs|closed/);
      bus.close();
    }
    await platform.othersGoOn();
  });
});

/** `refusedAs`: pages that name the field that is wrong have a code of their own. */
type PageAsked = { readonly path?: string; readonly body: object | null; readonly status: number; readonly refusedAs?: string };

/** How a page of the registry is asked well; `body` null = it takes none. */
const goodRequests: Readonly<Record<string, PageAsked | undefined>> = {
  adminPage: { body: null, status: 200 },
  adminAssets: { path: `${routes.adminAssets}/none.js`, body: null, status: 404 },
  health: { body: null, status: 200 },
  login: { body: { account: 'root', password: 'a long password' }, status: 200 },
  // With its session it would end everything that follows.
  logout: { body: null, status: 204 },
  auditPage: { body: null, status: 200 },
  auditChoices: { body: null, status: 200 },
  readLooking: { body: { limit: 5 }, status: 200, refusedAs: 'audit.badQuery' },
  readAudit: { body: { limit: 5 }, status: 200, refusedAs: 'audit.badQuery' },
  readFaults: { body: { limit: 5 }, status: 200, refusedAs: 'audit.badQuery' },
  exportRegister: { body: { register: 'looking', query: { limit: 5 } }, status: 200, refusedAs: 'audit.badQuery' },
  verifyRecord: { body: null, status: 200 },
  search: { body: { text: '路口' }, status: 200, refusedAs: 'search.nothingToLookFor' },
  firstAdministratorWanted: { body: null, status: 200 },
  changePassword: { body: { oldPassword: 'not the old one', newPassword: 'a longer password' }, status: 401 },
  positionsHealth: { body: null, status: 200 },
  cameraHealth: { body: null, status: 200 },
  loadHistory: { body: null, status: 200 },
  exportCameraHealth: { body: null, status: 200 },
  demoAccounts: { body: null, status: 404 },
  firstAdministrator: { body: { code: 'guessed-code', account: 'a', password: 'a long password', name: '李管' }, status: 403 },
  enrol: { body: null, status: 200 },
  people: { body: null, status: 200 },
  addPerson: { body: { account: 'root', name: '李管', roles: ['auditor'], territory: ['county'] }, status: 409 },
  changePerson: { body: { change: 'enable', personId: 'p-none' }, status: 409 },
  previewRights: { body: { roles: ['auditor'], territory: ['county'] }, status: 200 },
  personNames: { body: { personIds: ['p-none'] }, status: 200 },
  directory: { path: `${routes.directory}/cameras`, body: null, status: 200 },
  mapManifest: { body: null, status: 404 },
  mapFile: { path: `${routes.mapFiles}/${'a'.repeat(64)}/base.pmtiles`, body: null, status: 404 },
  discoverCameras: { body: {}, status: 200 },
  probeCameras: { body: { ask: 'nothing', sinceMs: 1_763_800_000_000 }, status: 200 },
  rosterPage: { body: null, status: 200 },
  waitingLifts: { body: null, status: 200 },
  answerLift: { body: { liftId: 'no-such-lift', answer: 'approve' }, status: 200 },
  directoryImport: { body: { files: [{ name: 'cameras.csv', base64: '' }], take: 'none' }, status: 200 },
  directoryExport: { body: { streams: 'without' }, status: 200 },
};

async function request(name: HttpSurfaceName, body: string | null): Promise<{ status: number; text: string }> {
  const { method, path }: HttpSurface = httpSurfaces[name];
  const headers = name === 'logout' ? {} : { authorization: `Bearer ${session}` };
  const answer = await fetch(`${platform.url}${goodRequests[name]?.path ?? path}`, {
    method,
    headers,
    ...(method === 'POST' ? { body } : {}),
  });
  return { status: answer.status, text: await answer.text() };
}

describe('a malformed body of a page', () => {
  test.each(Object.keys(httpSurfaces) as HttpSurfaceName[])(
    '%s is refused by name, or not looked at where none is asked for',
    async (name) => {
      const { body, status, refusedAs = 'bus.badMessage' }: PageAsked = goodRequests[name] ?? { body: null, status: 0 };
      const good = await request(name, body === null ? null : JSON.stringify(body));
      // The administration page is there when the windows are built.
      expect(name.endsWith('Page') ? [200, 404] : [status]).toContain(good.status);
      if (httpSurfaces[name].method === 'GET') return;
      const texts = ['', 'not json', '\u0000', '{"a":1', ...Object.values(neverMessages), ...(body === null ? [] : spoiled(body))];
      const wrong = [];
      for (const text of texts) {
        const answer = await request(name, text);
        const isRight =
          body === null
            ? answer.status === status
            : answer.status === 400 && (JSON.parse(answer.text) as { code?: string }).code === refusedAs;
        if (!isRight) wrong.push(`${text.slice(0, 80)} -> ${answer.status} ${answer.text.slice(0, 80)}`);
      }
      expect(wrong).toEqual([]);
      await platform.othersGoOn();
    },
  );
});

test('after all of it the record has what the honest desk asked, once, and nothing else', async () => {
  const { asked, told, recorded, strange } = await platform.reckon();
  expect([told, recorded, strange]).toEqual([asked, asked, []]);
});
