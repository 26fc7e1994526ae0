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

test('disabling somebody stops the picture at his console; what hangs on the wall goes on', async () => {
  await using closers = new AsyncDisposableStack();
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
  const tokenFor = async (tile: string) => ((await desk.ask('ask', viewQuestion({ tile }))) as { value: { token: string } }).value.token;
  const window = await openPushWindow({ url: `${url.replace(/^http/, 'ws')}${routes.mediaPush}`, window: 'w1' });
  closers.defer(() => window.close());
  window.tell({ type: 'open', channel: 1, token: await tokenFor('console/preview') });
  window.tell({ type: 'open', channel: 2, token: await tokenFor('D1/0') });
  const piecesOf = (channel: number) => window.received.filter((whole) => whole.channel === channel && !whole.isInit).length;
  await until(() => piecesOf(1) > 0 && piecesOf(2) > 0);

  const fromMs = performance.now();
  await post({ url: `${url}${routes.changePerson}`, body: { change: 'disable', personId }, token: admin });
  const closed = () => window.notices.filter(({ type }) => type === 'closed');
  await until(() => closed().length > 0);
  process.stdout.write(`the picture stopped ${Math.round(performance.now() - fromMs)} ms after the click\n`);
  const [console_, wall] = [piecesOf(1), piecesOf(2)];
  await until(() => piecesOf(2) > wall + 1);
  expect([closed(), piecesOf(1)]).toEqual([[{ type: 'closed', channel: 1, code: 'access.notAllowed' }], console_]);
});
