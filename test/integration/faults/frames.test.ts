import { once } from 'node:events';
import { type ClientRequest, request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { busLimits, type Handshake, routes } from '#contract/bus/index.ts';
import { type AttackedPlatform, openAttackedPlatform } from '../../builders/attackedPlatform.ts';
import { openRawBus } from '../../fakes/rawBus.ts';
import { until } from '../../fakes/until.ts';

/** What an attack may leave behind in the process: room for garbage that was not collected yet, far below what was thrown at it. Unit: MiB. */
const roomMib = 150;

let platform: AttackedPlatform;
let handshake: Handshake;
beforeAll(async () => {
  platform = await openAttackedPlatform();
  handshake = await platform.enrol();
});
afterAll(() => platform.remove());

/** The attack, with the honest desk at work before, during and after it; how much the process grew. Unit: MiB. */
async function growthOf(attack: () => Promise<void>): Promise<number> {
  await platform.othersGoOn();
  const before = platform.memoryMib();
  const attacked = attack();
  await platform.othersGoOn();
  const during = platform.memoryMib();
  await attacked;
  await platform.othersGoOn();
  return Math.max(during, platform.memoryMib()) - before;
}

/** An `attach` of exactly so many bytes, with a session that is too long for one. */
const attachOf = (bytes: number) => JSON.stringify({ session: 'x'.repeat(bytes - '421["attach",{"session":""}]'.length) });
const frame = (bytes: number) => `421["attach",${attachOf(bytes)}]`;
const sizes = [
  ['64 KiB and one byte', busLimits.toPlatformBytes + 1],
  ['1 MB', 1_000_000],
  ['100 MB', 100_000_000],
] as const;

describe('a frame', () => {
  test('of 64 KiB is read and answered', async () => {
    const bus = await openRawBus({ url: platform.url, handshake });
    const answer = await bus.ask('attach', attachOf(busLimits.toPlatformBytes));
    expect(answer).toBe('[{"ok":false,"refusal":{"code":"bus.badMessage"}}]');
    bus.close();
  });

  test.each(sizes)('of %s ends its connection unread, whoever sends it', async (_name, bytes) => {
    const growth = await growthOf(async () => {
      for (const who of [handshake, null]) {
        const bus = await openRawBus({ url: platform.url, handshake: who });
        bus.send(frame(bytes));
        // 1009: too large; 1006: the platform hung up before the frame was over.
        expect([1006, 1009]).toContain(await bus.closed);
      }
    });
    expect(growth).toBeLessThan(roomMib);
  });

  test.each(sizes)('of %s ends a picture socket unread', async (_name, bytes) => {
    const growth = await growthOf(async () => {
      const socket = new WebSocket(`${platform.url.replace('http', 'ws')}${routes.mediaPush}`);
      socket.on('error', () => {});
      const closed = once(socket, 'close');
      await once(socket, 'open');
      socket.send(Buffer.alloc(bytes), () => {});
      expect([1006, 1009]).toContain((await closed)[0]);
    });
    expect(growth).toBeLessThan(roomMib);
  });
});

/** A POST of so many zeros in chunks, as fast as they are taken; the status, 0 when the platform hung up. */
function postZeros({ path, mebibytes }: { path: string; mebibytes: number }): Promise<number> {
  return new Promise((resolve) => {
    const post: ClientRequest = request(`${platform.url}${path}`, { method: 'POST' }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    post.on('error', () => resolve(0));
    let left = mebibytes;
    const write = () => {
      for (; left > 0 && !post.destroyed; left -= 1) {
        if (!post.write(Buffer.alloc(1024 * 1024))) {
          left -= 1;
          post.once('drain', write);
          return;
        }
      }
      post.end();
    };
    write();
  });
}

describe('a body', () => {
  test('of 100 MB is refused on every page that takes one, for strangers on the import too, and held by nobody', async () => {
    const paths = [routes.login, routes.people, ...Array.from({ length: 20 }, () => routes.directoryImport)];
    let statuses: readonly number[] = [];
    const growth = await growthOf(async () => {
      statuses = await Promise.all(paths.map((path) => postZeros({ path, mebibytes: 60 })));
    });
    expect(statuses.filter((status) => ![0, 401, 413].includes(status))).toEqual([]);
    expect(growth).toBeLessThan(roomMib);
  });

  test('of 1 MB with its length in front is refused', async () => {
    const answers = await Promise.all(
      [routes.login, routes.directoryImport].map((path) =>
        fetch(`${platform.url}${path}`, { method: 'POST', body: 'x'.repeat(1_000_000) }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([413, 413]);
  });
});

describe('a hundred thousand tiny frames', () => {
  const flood = (socket: WebSocket, send: () => void) => {
    for (let count = 0; count < 100_000 && socket.readyState === WebSocket.OPEN; count += 1) send();
  };

  test.each([
    ['questions', '421["clock",{}]'],
    ['events without a question', '42["clock"]'],
    ['pongs of the transport', '3'],
    ['nothing at all', ''],
  ])('of %s end their connection, and no other', async (_name, text) => {
    const growth = await growthOf(async () => {
      const bus = await openRawBus({ url: platform.url, handshake });
      flood(bus.socket, () => bus.send(text));
      await bus.closed;
    });
    expect(growth).toBeLessThan(roomMib);
  });

  test.each([
    ['with a key', () => handshake],
    ['without one', () => null],
  ])('of pings, %s, whose answers nobody reads, end their connection', async (_name, who) => {
    const growth = await growthOf(async () => {
      const bus = await openRawBus({ url: platform.url, handshake: who() });
      bus.stopReading();
      flood(bus.socket, () => bus.socket.ping(Buffer.alloc(100), true, () => {}));
      // A client that reads nothing does not learn of its end: it writes until writing fails.
      while (!bus.socket.isPaused || bus.socket.readyState === WebSocket.OPEN) {
        if (await isWriteRefused(bus.socket)) break;
      }
      bus.close();
    });
    expect(growth).toBeLessThan(roomMib);
  });

  test('of pings end a picture socket', async () => {
    const growth = await growthOf(async () => {
      const socket = new WebSocket(`${platform.url.replace('http', 'ws')}${routes.mediaPush}`);
      socket.on('error', () => {});
      const closed = once(socket, 'close');
      await once(socket, 'open');
      flood(socket, () => socket.ping('x', true, () => {}));
      await closed;
    });
    expect(growth).toBeLessThan(roomMib);
  });
});

function isWriteRefused(socket: WebSocket): Promise<boolean> {
  return new Promise((resolve) => socket.ping('x', true, (error) => setTimeout(() => resolve(error !== null && error !== undefined), 10)));
}

test('a desk that asks and never listens is cut off', async () => {
  const growth = await growthOf(async () => {
    const bus = await openRawBus({ url: platform.url, handshake });
    bus.stopReading();
    let isCut = false;
    while (!isCut) {
      for (let count = 0; count < 150; count += 1) bus.send('421["attach",{"session":null}]');
      // Blindly alive as far as the transport can tell.
      bus.send('3');
      const nextAtMs = Date.now() + 100;
      await until(() => Date.now() >= nextAtMs);
      isCut = await isWriteRefused(bus.socket);
    }
    bus.close();
  });
  expect(growth).toBeLessThan(roomMib);
});

/** A connection that says only this much, and how it ended: by the platform, with the first line of what it said. */
function slowSocket({ says, dripping = '' }: { says: string; dripping?: string }): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(platform.url).port), '127.0.0.1', () => socket.write(says));
    let said = '';
    const drip = setInterval(() => dripping !== '' && socket.writable && socket.write(dripping), 500);
    socket.on('data', (bytes) => (said += bytes.toString('utf8')));
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(drip);
      resolve(said.split('\r\n')[0] ?? '');
    });
  });
}

describe('a slow or half-open socket', () => {
  const upgrade = [
    'GET /bus/?EIO=4&transport=websocket HTTP/1.1',
    ...[
      'Host: 127.0.0.1',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    ],
    ...['', ''],
  ].join('\r\n');

  test('is ended by the platform, two hundred of each kind at once, while honest requests are answered', async () => {
    const kinds = [
      { says: '' },
      { says: 'GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ', dripping: 'x' },
      { says: `POST ${routes.login} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: applica` },
      // Upgraded, and then no word of who it is.
      { says: upgrade },
    ];
    let ends: readonly (readonly string[])[] = [];
    const growth = await growthOf(async () => {
      const control = await slowSocket({ says: 'GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' });
      expect(control).toBe('HTTP/1.1 200 OK');
      const ended = Promise.all(kinds.map((kind) => Promise.all(Array.from({ length: 200 }, () => slowSocket(kind)))));
      const health = await fetch(`${platform.url}${routes.health}`);
      expect(health.status).toBe(200);
      ends = await ended;
    });
    expect(ends.map((each) => [...new Set(each)])).toEqual([
      ['HTTP/1.1 408 Request Timeout'],
      ['HTTP/1.1 408 Request Timeout'],
      ['HTTP/1.1 408 Request Timeout'],
      ['HTTP/1.1 101 Switching Protocols'],
    ]);
    expect(growth).toBeLessThan(roomMib);
  });
});

test('after all of it the record has what the honest desk asked, once, and nothing else', async () => {
  const { asked, told, recorded, strange } = await platform.reckon();
  expect([told, recorded, strange]).toEqual([asked, asked, []]);
});
