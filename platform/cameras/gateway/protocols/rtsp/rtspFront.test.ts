import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createPasswordTries } from '../../device/passwordTries.ts';
import { createHandTimers } from '../../testing/handTimers.ts';
import { createRtspFront } from './rtspFront.ts';

let closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers) await close();
  closers = [];
});

/** A camera that answers each request as a test says; `asked` are its start lines and Authorization headers. */
async function open(answer: (request: string, socket: Socket) => string | Buffer | null, { path = '/live' } = {}) {
  const asked: string[] = [];
  const take = (said: string, socket: Socket) => {
    if (said.startsWith('$')) return void asked.push(`frames ${said.length}`);
    asked.push(`${said.split('\r\n')[0]}${/Authorization: (\w+)/.exec(said)?.[1] ?? ''}`);
    const reply = answer(said, socket);
    if (reply !== null) socket.write(reply);
  };
  const camera = createServer((socket) => {
    let unread = '';
    socket.on('error', () => {});
    socket.on('data', (bytes: Buffer) => {
      unread += bytes.toString('latin1');
      for (let length = firstLength(unread); length > 0; length = firstLength(unread)) {
        const said = unread.slice(0, length);
        unread = unread.slice(length);
        take(said, socket);
      }
    });
  }).listen(0, '127.0.0.1');
  await once(camera, 'listening');
  const { port } = camera.address() as AddressInfo;
  const { clock } = createHandTimers();
  const front = createRtspFront({ tries: createPasswordTries({ clock }), trust: { authorities: [] } });
  const opened = await front.open(new URL(`rtsp://admin:geheim@127.0.0.1:${port}${path}`));
  const ffmpeg = connect({ port: Number(new URL(opened.localUrl).port), host: '127.0.0.1' }).on('error', () => {});
  closers.push(
    async () => opened.close(),
    async () => ffmpeg.destroy(),
    front.close,
    async () => {
      camera.close();
      await once(camera, 'close');
    },
  );
  let received = Buffer.alloc(0);
  let isEnded = false;
  ffmpeg.on('data', (bytes: Buffer) => {
    received = Buffer.concat([received, bytes]);
  });
  ffmpeg.on('close', () => {
    isEnded = true;
  });
  let sequence = 0;
  const say = (method: string, uri = opened.localUrl, more = '') => {
    sequence += 1;
    ffmpeg.write(`${method} ${uri} RTSP/1.0\r\nCSeq: ${sequence}\r\n${more}\r\n`);
  };
  const heard = async (words: string | RegExp) => {
    const isThere = () => (typeof words === 'string' ? received.includes(words) : words.test(received.toString('latin1')));
    await expect.poll(isThere).toBe(true);
    return received.toString('latin1');
  };
  return { opened, asked, say, heard, ffmpeg, port, isEnded: () => isEnded };
}

/** How long the first request or frame (RFC 2326, 10.12) is; 0 while it is not whole. A socket hands over several at once, or one in parts. */
function firstLength(unread: string): number {
  const headEnd = unread.indexOf('\r\n\r\n');
  if (!unread.startsWith('$')) return headEnd === -1 ? 0 : headEnd + 4;
  const length = 4 + unread.charCodeAt(2) * 256 + unread.charCodeAt(3);
  return unread.length < length ? 0 : length;
}

const reply = (request: string, { status = '200 OK', headers = '', body = '' } = {}) =>
  `RTSP/1.0 ${status}\r\nCSeq: ${/CSeq: (\d+)/i.exec(request)?.[1]}\r\n${headers}${body === '' ? '' : `Content-Type: application/sdp\r\nContent-Length: ${body.length}\r\n`}\r\n${body}`;
const sdp = (...lines: readonly string[]) => ['v=0', 'c=IN IP4 169.254.169.254', ...lines, ''].join('\r\n');

test('addresses of the camera reach ffmpeg as addresses of this machine, and go back as what they were', async () => {
  const description = sdp(
    'a=control:rtsp://192.168.1.9/whole/',
    'm=video 0 RTP/AVP 96',
    'a=control:trackID=1',
    'm=video 0 RTP/AVP 97',
    'a=control:rtsp://8.8.8.8/other',
  );
  const { say, heard, asked, opened, port } = await open((request) =>
    request.startsWith('DESCRIBE')
      ? reply(request, { headers: `Content-Base: rtsp://127.0.0.1:${port}/live/\r\n`, body: description })
      : reply(request, {
          headers: 'Transport: RTP/AVP/UDP;unicast;client_port=5000-5001;server_port=6000-6001;source=8.8.8.8;destination=9.9.9.9\r\n',
        }),
  );
  say('DESCRIBE');
  const told = await heard('/track-1');
  expect(told).not.toMatch(/8\.8\.8\.8|192\.168|169\.254|Content-Base|:\/\/127\.0\.0\.1:(?!\d+\/[\w-]{24})/);
  say('SETUP', `${opened.localUrl}/track-0`);
  expect(await heard('server_port')).toMatch(/server_port=6000-6001;source=127\.0\.0\.1\r\n/);
  say('SETUP', `${opened.localUrl}/track-1`);
  say('PLAY');
  await expect.poll(() => asked.length).toBe(4);
  expect(asked).toEqual([
    `DESCRIBE rtsp://127.0.0.1:${port}/live RTSP/1.0`,
    `SETUP rtsp://127.0.0.1:${port}/live/trackID=1 RTSP/1.0`,
    'SETUP rtsp://8.8.8.8/other RTSP/1.0',
    'PLAY rtsp://192.168.1.9/whole/ RTSP/1.0',
  ]);
});

test('media frames pass both ways as they are, also in pieces and between replies', async () => {
  const frame = Buffer.concat([Buffer.from([0x24, 0, 0, 5]), Buffer.from('RTSP/')]);
  const { say, heard, ffmpeg, asked } = await open((request, socket) => {
    socket.write(frame.subarray(0, 6));
    setImmediate(() => socket.write(Buffer.concat([frame.subarray(6), Buffer.from(reply(request, { headers: 'X-End: yes\r\n' }))])));
    return null;
  });
  say('PLAY');
  expect((await heard('X-End')).startsWith('$\u0000\u0000\u0005RTSP/RTSP/1.0 200')).toBe(true);
  ffmpeg.write(frame);
  await expect.poll(() => asked.at(-1)).toBe('frames 9');
});

test('an old nonce is no wrong password', async () => {
  let asked = 0;
  const { say, heard, opened } = await open((request) => {
    asked += 1;
    const challenge = `WWW-Authenticate: Digest realm="a", nonce="n${asked}"${asked === 3 ? ', stale=true' : ''}\r\n`;
    return request.includes('Authorization') && asked !== 3
      ? reply(request)
      : reply(request, { status: '401 Unauthorized', headers: challenge });
  });
  say('OPTIONS');
  await heard('200 OK');
  say('DESCRIBE');
  await heard(/200 OK[\s\S]*200 OK/);
  expect([asked, opened.fault()]).toEqual([4, null]);
});

test.each([
  [
    'redirects',
    (request: string) => reply(request, { status: '302 Moved', headers: 'Location: rtsp://169.254.169.254/\r\n' }),
    'cameras.redirected',
  ],
  ['says garbage', () => Buffer.alloc(64, 0xff), 'cameras.notRtsp'],
  ['says a head without end', () => `RTSP/1.0 200 OK\r\n${'X: y\r\n'.repeat(5_000)}`, 'cameras.notRtsp'],
  ['announces a gigabyte', () => 'RTSP/1.0 200 OK\r\nContent-Length: 1000000000\r\n\r\n', 'cameras.notRtsp'],
  ['speaks HTTP', () => 'HTTP/1.1 400 Bad Request\r\n\r\n', 'cameras.notRtsp'],
  ['knows no UDP', (request: string) => reply(request, { status: '461 Unsupported Transport' }), 'cameras.transportRefused'],
  [
    'refuses the password',
    (request: string) => reply(request, { status: '401 Unauthorized', headers: 'WWW-Authenticate: Basic realm="a"\r\n' }),
    'cameras.wrongPassword',
  ],
])('a camera that %s is told by name, and ffmpeg hears nothing of where', async (_what, answer, code) => {
  const { say, opened, ffmpeg } = await open(answer);
  const heard: string[] = [];
  ffmpeg.on('data', (bytes: Buffer) => heard.push(bytes.toString('latin1')));
  say('SETUP');
  await expect.poll(() => opened.fault()).toBe(code);
  expect(heard.join('')).not.toMatch(/169\.254|Location|WWW-Authenticate/);
});

test('a path is good for one connection, and a guessed one for none', async () => {
  const { opened, say, heard, isEnded } = await open((request) => reply(request));
  say('OPTIONS');
  await heard('200 OK');
  for (const url of [opened.localUrl, opened.localUrl.replace(/\/[\w-]{24}$/, `/${'a'.repeat(24)}`)]) {
    const stranger = connect({ port: Number(new URL(url).port), host: '127.0.0.1' }).on('error', () => {});
    stranger.write(`OPTIONS ${url} RTSP/1.0\r\nCSeq: 1\r\n\r\n`);
    await once(stranger.resume(), 'close');
  }
  expect(isEnded()).toBe(false);
});

test('ffmpeg may ask for what it was told and nothing else', async () => {
  const { say, asked, isEnded, heard, opened } = await open((request) => reply(request));
  say('OPTIONS');
  await heard('200 OK');
  say('SETUP', `${opened.localUrl}/track-7`);
  await expect.poll(isEnded).toBe(true);
  expect(asked).toHaveLength(1);
});
