import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { DemoAccount } from '#contract/access/index.ts';
import { routes } from '#contract/bus/index.ts';
import { DirectoryPage } from '#contract/directory/index.ts';
import { createMemoryStore } from '#platform/record/index.ts';
import { openCountyDesk, viewQuestion } from '../builders/openDesk.ts';
import { enrol, logIn, openTestPlatform, post } from '../builders/platform.ts';
import { smallCounty } from '../builders/smallCounty.ts';

let platform: Awaited<ReturnType<typeof openTestPlatform>>;
const opened: { close(): void }[] = [];

beforeEach(async () => {
  platform = await openTestPlatform();
});
afterEach(async () => {
  for (const closing of opened.splice(0)) closing.close();
  await platform.close();
});

/** A GET with headers that `fetch` would not let through. */
function getWith({ url, headers }: { url: string; headers: Record<string, string> }): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (answer) => resolve(answer.resume().statusCode ?? 0))
      .on('error', reject)
      .end();
  });
}

/** What becomes of a push socket: its first message, or the status that turned it away. */
function pushAnswer({ url, origin, token }: { url: string; origin?: string; token: string }): Promise<unknown> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url, origin === undefined ? {} : { origin });
    opened.push(socket);
    socket.on('open', () => socket.send(JSON.stringify({ type: 'open', channel: 1, token })));
    socket.on('message', (bytes) => resolve(JSON.parse((bytes as Buffer).toString('utf8'))));
    socket.on('unexpected-response', (_request, answer) => resolve(answer.statusCode));
    socket.on('error', () => {});
  });
}

describe('logging in', () => {
  const login = (password: string, account = 'duty') => post({ url: `${platform.url}${routes.login}`, body: { account, password } });

  test('locks the account after five wrong passwords, for whoever guesses', async () => {
    const statuses = [];
    for (let guess = 0; guess < 6; guess += 1) statuses.push((await login('guess')).status);
    const right = await login('duty-demo');
    expect([statuses, right.status, await right.json()]).toEqual([
      [401, 401, 401, 401, 401, 429],
      429,
      { code: 'access.tooManyTries', params: { waitS: expect.any(Number) as number } },
    ]);
  });

  test.each([
    ['no JSON', 'not json'],
    ['another shape', '{"account":"duty"}'],
    ['a __proto__ field', '{"account":"duty","password":"duty-demo","__proto__":{"a":1}}'],
    ['nothing', ''],
  ])('with %s is refused as unreadable', async (_name, body) => {
    const answer = await fetch(`${platform.url}${routes.login}`, { method: 'POST', body });
    expect([answer.status, await answer.json()]).toEqual([400, { code: 'bus.badMessage' }]);
  });

  test('with a body larger than anything we ask is refused', async () => {
    const answer = await login('x'.repeat(200_000));
    expect(answer.status).toBe(413);
  });

  test('ends with the log-out: the session opens nothing any more', async () => {
    const { session } = await logIn({ url: platform.url, account: 'duty' });
    const headers = { authorization: `Bearer ${session}` };
    const before = await fetch(`${platform.url}${routes.directory}/regions`, { headers });
    const out = await post({ url: `${platform.url}${routes.logout}`, body: {}, token: session });
    const after = await fetch(`${platform.url}${routes.directory}/regions`, { headers });
    const enrolling = await post({ url: `${platform.url}${routes.enrol}`, body: {}, token: session });
    expect([before.status, out.status, after.status, enrolling.status]).toEqual([200, 204, 401, 401]);
  });
});

describe('the demo', () => {
  test('offers its accounts, and each of them works', async () => {
    const accounts = DemoAccount.array().parse(await (await fetch(`${platform.url}${routes.demoAccounts}`)).json());
    const names = await Promise.all(accounts.map(async ({ account }) => (await logIn({ url: platform.url, account })).person.name));
    expect(names).toEqual(accounts.map(({ name }) => name));
  });

  test('refuses to listen beyond this machine', async () => {
    await expect(openTestPlatform({ listen: { host: '0.0.0.0', port: 0 } })).rejects.toThrow('listens on this machine only');
  });

  test('never opens as a real platform later', async () => {
    const store = createMemoryStore({ epoch: 'e1' });
    const demo = await openTestPlatform({ store: { ...store, close: async () => {} } });
    await demo.close();
    await expect(openTestPlatform({ store, mode: 'normal' })).rejects.toThrow('start it with --demo');
  });
});

describe('a real platform', () => {
  test('has no account but the one that its first administrator makes with the printed code', async () => {
    const real = await openTestPlatform({ mode: 'normal', foundation: { county: smallCounty.county, rows: () => [] } });
    const claim = { account: 'root', password: 'a long password', name: '李管', code: real.firstAdministratorCode };
    const wrong = await post({ url: `${real.url}${routes.firstAdministrator}`, body: { ...claim, code: 'wrong-code' } });
    const right = await post({ url: `${real.url}${routes.firstAdministrator}`, body: claim });
    const login = await post({ url: `${real.url}${routes.login}`, body: { account: 'root', password: 'a long password' } });
    const accounts = await fetch(`${real.url}${routes.demoAccounts}`);
    await real.close();
    expect([wrong.status, right.status, login.status, accounts.status]).toEqual([403, 204, 200, 404]);
  });

  test('listens on this machine only until somebody administers it', async () => {
    const foundation = { county: smallCounty.county, rows: () => [] };
    await expect(openTestPlatform({ mode: 'normal', foundation, listen: { host: '0.0.0.0', port: 0 } })).rejects.toThrow(
      'Nobody administers this platform yet',
    );
  });
});

describe('the directory', () => {
  test('comes in pages of one revision, to a workstation too', async () => {
    const { session } = await logIn({ url: platform.url, account: 'duty' });
    const device = await enrol({ url: platform.url, session });
    const ids: string[] = [];
    for (let offset: number | null = 0; offset !== null; ) {
      const answer: Response = await fetch(`${platform.url}${routes.directory}/cameras?offset=${offset}&limit=3`, {
        headers: { authorization: `Bearer ${device.deskId}:${device.deviceKey}` },
      });
      const page: DirectoryPage = DirectoryPage.parse(await answer.json());
      expect([page.revision, answer.headers.get('cache-control')]).toEqual([1, 'no-store']);
      if (page.kind === 'cameras') ids.push(...page.rows.map(({ id }) => id));
      offset = page.nextOffset;
    }
    expect(ids).toEqual(['east-a', 'east-b', 'west-a', 'west-b']);
  });

  test('is closed to whoever shows nothing, something wrong, or has no such right', async () => {
    const { session } = await logIn({ url: platform.url, account: 'auditor' });
    const asked = [{}, { authorization: 'Bearer desk-1:nonsense-nonsense-nonsense-nonsense' }, { authorization: `Bearer ${session}` }];
    const answers = await Promise.all(asked.map((headers) => fetch(`${platform.url}${routes.directory}/cameras`, { headers })));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 403]);
  });

  test('answers only what it knows how to page', async () => {
    const { session } = await logIn({ url: platform.url, account: 'duty' });
    const paths = ['constructor', 'cameras?offset=-1', 'cameras?limit=5000', 'cameras?limit=x', '..%2fcameras'];
    const headers = { authorization: `Bearer ${session}` };
    const answers = await Promise.all(paths.map((path) => fetch(`${platform.url}${routes.directory}/${path}`, { headers })));
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400]);
  });
});

describe('the doors of the server', () => {
  test('are shut to a page whose own name was re-bound to this machine', async () => {
    const url = `${platform.url}${routes.demoAccounts}`;
    const hosts = ['127.0.0.1', 'localhost:80', 'evil.example'];
    expect(await Promise.all(hosts.map((host) => getWith({ url, headers: { host } })))).toEqual([200, 200, 421]);
  });

  test('let windows open a push socket, and no other page', async () => {
    const { desk } = await openCountyDesk(platform.url);
    opened.push(desk);
    const answer = (await desk.ask('ask', viewQuestion())) as { value: { pushUrl: string; token: string } };
    const { pushUrl: url, token } = answer.value;
    const answers = await Promise.all([
      pushAnswer({ url, token }),
      pushAnswer({ url, token, origin: 'http://127.0.0.1:4173' }),
      pushAnswer({ url, token: 'x'.repeat(43) }),
      pushAnswer({ url, token, origin: 'https://evil.example' }),
      pushAnswer({ url: url.replace('push', 'else'), token }),
    ]);
    const ok = { type: 'opened', channel: 1, cameraId: 'east-a', quality: 'sub', mimeType: 'video/mp4' };
    expect(answers).toEqual([ok, ok, { type: 'refused', channel: 1, code: 'access.notAllowed' }, 403, 403]);
  });

  test('know their pages and say so of others', async () => {
    const statuses = await Promise.all(
      ['/api/health', '/api/nothing', '/', '/media/else'].map(async (path) => (await fetch(platform.url + path)).status),
    );
    expect(statuses).toEqual([200, 404, 404, 404]);
  });

  test('close while desks are connected, and the port is free again', async () => {
    const own = await openTestPlatform();
    const { desk } = await openCountyDesk(own.url);
    opened.push(desk);
    const port = Number(new URL(own.url).port);
    await own.close();
    await desk.until(() => !desk.socket.connected);
    const next = await openTestPlatform({ listen: { host: '127.0.0.1', port } });
    await next.close();
    expect(new URL(next.url).port).toBe(String(port));
  });
});
