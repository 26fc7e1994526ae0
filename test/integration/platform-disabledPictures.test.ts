import { expect, test } from 'vitest';
import { SessionOpened } from '#contract/access/index.ts';
import { routes } from '#contract/bus/index.ts';
import { createCameraGateway } from '#platform/cameras/index.ts';
import { sourceNetworks } from '#platform/core.ts';
import { nodeClock, nodeTimers } from '#platform/nodePorts.ts';
import pino from 'pino';
import { openCountyDesk, viewQuestion } from '../builders/openDesk.ts';
import { addAccount, logIn, openTestPlatform, post } from '../builders/platform.ts';
import { loopClip } from '../fakes/ffmpegTool.ts';
import { openPushWindow } from '../fakes/pushWindow.ts';
import { until } from '../fakes/until.ts';

const purely = { clock: nodeClock, timers: nodeTimers, randomness: () => 0.5, log: pino({ level: 'silent' }), ffmpeg: 'ffmpeg' };

/** A platform with a real gateway, and somebody at a desk of it who looks at two cameras: at his console, and on the wall. */
async function openLooking(closers: AsyncDisposableStack) {
  const clip = await loopClip();
  closers.defer(() => clip.remove());
  const platform = await openTestPlatform({
    demoLoops: { loopOf: () => clip.path, isDrawn: () => true },
    openGateway: (ports) => createCameraGateway({ ...ports, ...purely, networks: sourceNetworks('demo') }),
  });
  closers.defer(() => platform.close());
  const { url } = platform;
  const admin = (await logIn({ url, account: 'admin' })).session;
  const person = { account: 'li.east', name: '李东', roles: ['centerTown'], territory: ['east'] };
  const { personId, ...login } = await addAccount({ url, admin, person });
  const { session } = SessionOpened.parse(await (await post({ url: `${url}${routes.login}`, body: login })).json());
  const { desk } = await openCountyDesk(url);
  closers.defer(desk.close);
  await desk.ask('attach', { session });
  const rightTo = async (tile: string) =>
    ((await desk.ask('ask', viewQuestion({ tile }))) as { value: { token: string; hlsUrl: string } }).value;
  const openWindow = async (name: string) => {
    const window = await openPushWindow({ url: `${url.replace(/^http/, 'ws')}${routes.mediaPush}`, window: name });
    closers.defer(() => window.close());
    return window;
  };
  const window = await openWindow('w1');
  window.tell({ type: 'open', channel: 1, token: (await rightTo('console/preview')).token });
  window.tell({ type: 'open', channel: 2, token: (await rightTo('D1/0')).token });
  const piecesOf = (channel: number) => window.received.filter((whole) => whole.channel === channel && !whole.isInit).length;
  await until(() => piecesOf(1) > 0 && piecesOf(2) > 0);
  return { url, admin, personId, session, rightTo, window, openWindow, piecesOf };
}

const statusOf = async ({ hlsUrl, token }: { hlsUrl: string; token: string }): Promise<number> => {
  const answer = await fetch(hlsUrl, { headers: { Authorization: `Bearer ${token}` } });
  await answer.arrayBuffer();
  return answer.status;
};

type Looking = Awaited<ReturnType<typeof openLooking>>;
test.each([
  [
    'disabling somebody',
    async ({ url, admin, personId }: Looking) =>
      await post({ url: `${url}${routes.changePerson}`, body: { change: 'disable', personId }, token: admin }),
  ],
  ['logging out', async ({ url, session }: Looking) => await post({ url: `${url}${routes.logout}`, body: {}, token: session })],
])('%s stops the picture at his console, by push and by HLS; what hangs on the wall goes on', async (_what, end) => {
  await using closers = new AsyncDisposableStack();
  const looking = await openLooking(closers);
  const { rightTo, window, openWindow, piecesOf } = looking;
  const [byHls, unused] = [await rightTo('console/preview'), await rightTo('console/preview')];
  expect(await statusOf(byHls)).toBe(200);
  // A right is one camera's and one window's, while it holds too.
  expect(await statusOf({ ...byHls, hlsUrl: byHls.hlsUrl.replace('east-a', 'east-b') })).toBe(403);
  const other = await openWindow('w2');
  other.tell({ type: 'open', channel: 1, token: unused.token });
  await until(() => other.notices.length > 0);
  expect(other.notices).toEqual([{ type: 'refused', channel: 1, code: 'access.notAllowed' }]);

  const fromMs = performance.now();
  await end(looking);
  const closed = () => window.notices.filter(({ type }) => type === 'closed');
  await until(() => closed().length > 0);
  process.stdout.write(`the picture stopped ${Math.round(performance.now() - fromMs)} ms after the click\n`);
  const [console_, wall] = [piecesOf(1), piecesOf(2)];
  expect(await statusOf(byHls)).toBe(401);
  window.tell({ type: 'open', channel: 3, token: unused.token });
  await until(() => window.notices.some(({ type }) => type === 'refused'));
  await until(() => piecesOf(2) > wall + 1);
  expect([closed(), piecesOf(1)]).toEqual([[{ type: 'closed', channel: 1, code: 'access.notAllowed' }], console_]);
});
