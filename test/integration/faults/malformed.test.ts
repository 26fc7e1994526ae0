import fc from 'fast-check';
import { v7 as newUuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { busSurfaces, type HttpSurface, type HttpSurfaceName, httpSurfaces } from '#contract/access/index.ts';
import { type Handshake, routes } from '#contract/bus/index.ts';
import { type AttackedPlatform, openAttackedPlatform } from '../../builders/attackedPlatform.ts';
import { faultReport, viewQuestion } from '../../builders/openDesk.ts';
import { openRawBus } from '../../fakes/rawBus.ts';

let platform: AttackedPlatform;
let handshake: Handshake;
beforeAll(async () => {
  platform = await openAttackedPlatform();
  handshake = await platform.enrol();
});
afterAll(() => platform.remove());

const nested = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
const deep = `${'{"a":'.repeat(8_000)}1${'}'.repeat(8_000)}`;
const badMessage = { ok: false, refusal: { code: 'bus.badMessage' } };

/** A message of every event that the platform takes as it stands. The first test names what is new in the registry and has none. */
function goodMessages(): Readonly<Record<string, object>> {
  const wallFact = {
    ...{ countyId: 'county', type: 'wall.tileCleared', v: 1, atMs: 1_800_000_000_000, actor: `device/${handshake.deskId}` },
    ...{ commandId: null, subject: `desk/${handshake.deskId}`, payload: '{"version":1,"displayKey":"DP-1","cell":0}' },
  };
  return {
    resume: { places: [{ feed: 'county/county', position: null }] },
    command: faultReport({ session: platform.session, cameraId: 'nowhere', commandId: newUuid() }),
    ship: { facts: [{ seq: 1, fact: wallFact }] },
    attach: { session: null },
    ask: viewQuestion({ cameraId: 'no-c1' }),
    clock: {},
    receipts: { commandIds: [newUuid()] },
    positions: {},
  };
}

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
      .filter((wrong) => !isOfAKind(wrong, value) && !(Array.isArray(good) && wrong === undefined))
      .map((wrong) => JSON.stringify(around(key, wrong))),
    ...(typeof value === 'object' && value !== null ? spoiled(value).map((inner) => JSON.stringify(around(key, JSON.parse(inner)))) : []),
  ]);
}

/** Asks each on a connection whose good message was answered before it; a third strike would end the connection, so two at a time. */
async function answersTo({ event, texts }: { event: string; texts: readonly string[] }): Promise<readonly string[]> {
  const answers = [];
  for (let from = 0; from < texts.length; from += 2) {
    const bus = await openRawBus({ url: platform.url, handshake });
    const good = JSON.stringify(goodMessages()[event]);
    expect(await bus.ask(event, good)).not.toContain('bus.badMessage');
    for (const text of texts.slice(from, from + 2)) answers.push(await bus.ask(event, text));
    expect(await bus.ask(event, good)).not.toContain('bus.badMessage');
    bus.close();
  }
  return answers;
}

describe('a malformed message on the bus', () => {
  test('has a good twin for every event and page of the registry', () => {
    const known = new Set([...Object.keys(goodMessages()), ...Object.keys(goodRequests)]);
    expect([...Object.keys(busSurfaces), ...Object.keys(httpSurfaces)].filter((name) => !known.has(name))).toEqual([]);
  });

  test.each(Object.keys(busSurfaces))('%s: every shape that is none is refused by name, and the connection goes on', async (event) => {
    const texts = [...Object.values(neverMessages), ...spoiled(goodMessages()[event] ?? {})];
    const answers = await answersTo({ event, texts });
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

/** How a page of the registry is asked well; `body` null = it takes none. */
const goodRequests: Readonly<
  Record<string, { readonly path?: string; readonly body: object | null; readonly status: number } | undefined>
> = {
  adminPage: { body: null, status: 200 },
  adminAssets: { path: `${routes.adminAssets}/none.js`, body: null, status: 404 },
  health: { body: null, status: 200 },
  login: { body: { account: 'root', password: 'a long password' }, status: 200 },
  // With its session it would end everything that follows.
  logout: { body: null, status: 204 },
  demoAccounts: { body: null, status: 404 },
  firstAdministrator: { body: { code: 'guessed-code', account: 'a', password: 'a long password', name: '李管' }, status: 403 },
  enrol: { body: null, status: 200 },
  people: { body: null, status: 200 },
  addPerson: { body: { account: 'root', name: '李管', roles: ['auditor'], territory: ['county'] }, status: 409 },
  changePerson: { body: { change: 'enable', personId: 'p-none' }, status: 409 },
  previewRights: { body: { roles: ['auditor'], territory: ['county'] }, status: 200 },
  directory: { path: `${routes.directory}/cameras`, body: null, status: 200 },
  directoryImport: { body: { files: [{ name: 'cameras.csv', base64: '' }], take: 'none' }, status: 200 },
  directoryExport: { body: { streams: 'without' }, status: 200 },
};

async function request(name: HttpSurfaceName, body: string | null): Promise<{ status: number; text: string }> {
  const { method, path }: HttpSurface = httpSurfaces[name];
  const headers = name === 'logout' ? {} : { authorization: `Bearer ${platform.session}` };
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
      const { body, status } = goodRequests[name] ?? { body: null, status: 0 };
      const good = await request(name, body === null ? null : JSON.stringify(body));
      // The administration page is there when the windows are built.
      expect(name === 'adminPage' ? [200, 404] : [status]).toContain(good.status);
      if (httpSurfaces[name].method === 'GET') return;
      const texts = ['', 'not json', '\u0000', '{"a":1', ...Object.values(neverMessages), ...(body === null ? [] : spoiled(body))];
      const wrong = [];
      for (const text of texts) {
        const answer = await request(name, text);
        const isRight = body === null ? answer.status === status : answer.status === 400 && answer.text === '{"code":"bus.badMessage"}';
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
