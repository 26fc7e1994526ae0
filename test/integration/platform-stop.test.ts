import { expect, test } from 'vitest';
import pino from 'pino';
import { routes } from '#contract/bus/index.ts';
import { createCameraGateway } from '#platform/cameras/index.ts';
import { sourceNetworks } from '#platform/core.ts';
import { nodeClock, nodeTimers } from '#platform/nodePorts.ts';
import { openCountyDesk, viewQuestion } from '../builders/openDesk.ts';
import { openTestPlatform } from '../builders/platform.ts';
import { loopClip } from '../fakes/ffmpegTool.ts';
import { openPushWindow } from '../fakes/pushWindow.ts';
import { until } from '../fakes/until.ts';

const purely = { clock: nodeClock, timers: nodeTimers, randomness: () => 0.5, log: pino({ level: 'silent' }), ffmpeg: 'ffmpeg' };

test('a platform that is stopped ends, also while somebody looks at a picture and stays connected', async () => {
  await using closers = new AsyncDisposableStack();
  const clip = await loopClip();
  closers.defer(() => clip.remove());
  const platform = await openTestPlatform({
    demoLoops: { loopOf: () => clip.path, isDrawn: () => true },
    openGateway: (ports) => createCameraGateway({ ...ports, ...purely, networks: sourceNetworks('demo') }),
  });
  const { desk } = await openCountyDesk(platform.url);
  closers.defer(desk.close);
  const { value } = (await desk.ask('ask', viewQuestion({ tile: 'D1/0' }))) as { value: { token: string } };
  const window = await openPushWindow({ url: `${platform.url.replace(/^http/, 'ws')}${routes.mediaPush}`, window: 'w1' });
  closers.defer(() => window.close());
  window.tell({ type: 'open', channel: 1, token: value.token });
  await until(() => window.received.some(({ isInit }) => !isInit));
  // The window neither closes its socket nor its channel: whoever stops does not wait for it.
  await platform.close();
  expect(
    await fetch(`${platform.url}${routes.health}`).then(
      () => 'answers',
      () => 'gone',
    ),
  ).toBe('gone');
});
