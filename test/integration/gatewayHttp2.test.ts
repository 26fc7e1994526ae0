import { once } from 'node:events';
import { type ClientHttp2Session, connect, type IncomingHttpHeaders } from 'node:http2';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createHandCertificate, makeTestAuthority, type TestAuthority } from '#test/builders/encryption.ts';
import { loopClip } from '#test/fakes/ffmpegTool.ts';
import { type GatewayRoom, openGatewayRoom } from '#test/fakes/gatewayRoom.ts';

let clip: Awaited<ReturnType<typeof loopClip>>;
let authority: TestAuthority;
const closers: (() => Promise<void> | void)[] = [];

beforeAll(async () => {
  [clip, authority] = [await loopClip(), await makeTestAuthority()];
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(() => clip.remove());

async function openRoom(): Promise<{ room: GatewayRoom; session: ClientHttp2Session }> {
  const certificate = createHandCertificate(await authority.sign());
  // A test may stop the cameras for a while.
  const limits = { silentLostMs: 60_000, silentRestartMs: 120_000 };
  const room = await openGatewayRoom({ sources: () => ({ kind: 'demo', loop: clip.path }), certificate, limits });
  closers.push(room.close);
  const session = connect(room.httpUrl, { ca: authority.certificate });
  closers.push(() => session.destroy());
  return { room, session };
}

type Asked = { camera: string; token: string; name: string };

async function ask(session: ClientHttp2Session, { camera, token, name }: Asked) {
  const stream = session.request({ ':path': `/media/hls/${camera}/sub/${name}`, authorization: `Bearer ${token}` });
  // A stream whose session was destroyed closes without an error.
  const closed = once(stream, 'close').then(() => Promise.reject(new Error('closed without an answer')));
  const [headers] = (await Promise.race([once(stream, 'response'), closed])) as [IncomingHttpHeaders];
  closed.catch(() => {});
  return { status: headers[':status'], body: await text(stream) };
}

/** The part that the playlist says comes next. */
function nextPart(playlist: string): { number: string; part: string } {
  const [, number = '', part = ''] = /PRELOAD-HINT:TYPE=PART,URI="part-(\d+)-(\d+)\.m4s"/.exec(playlist) ?? [];
  return { number, part };
}

test('over HTTP/2 the thirty-six tiles of one window wait for their next parts at once, over one connection, and others are answered meanwhile', async () => {
  const { room, session } = await openRoom();
  const tiles = Array.from({ length: 36 }, (_, index) => {
    const camera = `al-${String(index + 1).padStart(4, '0')}`;
    return { camera, token: room.grants.give({ camera, window: 'window-1' }) };
  });
  const first = await Promise.all(tiles.map((tile) => ask(session, { ...tile, name: 'live.m3u8' })));
  expect(first.filter(({ body }) => body.includes('CAN-BLOCK-RELOAD=YES')).length).toBe(36);
  // They started one after the other: each stands still while it is seen that nobody is answered.
  const tellAll = (signal: 'SIGSTOP' | 'SIGCONT') =>
    room.gateway.openSources().forEach(({ processId }) => void process.kill(processId ?? 0, signal));
  tellAll('SIGSTOP');
  const last = await Promise.all(tiles.map((tile) => ask(session, { ...tile, name: 'live.m3u8' })));
  let waiting = 0;
  const waits = tiles.map(async (tile, index) => {
    const { number } = nextPart(last[index]?.body ?? '');
    waiting += 1;
    // The segment after this one: none of them is there yet.
    const answer = await ask(session, { ...tile, name: `live.m3u8?_HLS_msn=${Number(number) + 1}&_HLS_part=0` });
    waiting -= 1;
    return { status: answer.status, isThere: answer.body.includes(`part-${Number(number) + 1}-0.m4s`) };
  });
  const [tile] = tiles;
  const meanwhile = await ask(session, { camera: tile?.camera ?? '', token: tile?.token ?? '', name: 'init-1.mp4' });
  expect([meanwhile.status, waiting]).toEqual([200, 36]);
  tellAll('SIGCONT');
  expect(await Promise.all(waits)).toEqual(tiles.map(() => ({ status: 200, isThere: true })));
});

test('a window that goes away while it waits leaves nothing open', async () => {
  const { room, session } = await openRoom();
  const own = { camera: 'al-0001', token: room.grants.give({ camera: 'al-0001' }) };
  const { number } = nextPart((await ask(session, { ...own, name: 'live.m3u8' })).body);
  const wait = ask(session, { ...own, name: `live.m3u8?_HLS_msn=${Number(number) + 1}` });
  session.destroy();
  await expect(wait).rejects.toThrow('closed without an answer');
  const again = connect(room.httpUrl, { ca: authority.certificate });
  closers.push(() => again.destroy());
  expect((await ask(again, { ...own, name: 'live.m3u8' })).status).toBe(200);
});
