import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { expect, test } from 'vitest';
import { routes } from '#contract/bus/index.ts';
import { MediaGrant, WaitingLifts } from '#contract/cameras/index.ts';
import { WindowId } from '#contract/values/index.ts';
import { createCameraGateway } from '#platform/cameras/index.ts';
import { nodeClock, nodeTimers } from '#platform/nodePorts.ts';
import { createMemoryStore } from '#platform/record/index.ts';
import { enrol, logIn, openTestPlatform, post } from '../builders/platform.ts';
import { connectDesk } from '../fakes/busDesk.ts';
import { runFfmpeg } from '../fakes/ffmpegTool.ts';
import { openPushWindow } from '../fakes/pushWindow.ts';
import { until } from '../fakes/until.ts';

const purely = { clock: nodeClock, timers: nodeTimers, randomness: () => 0.5, log: pino({ level: 'silent' }), ffmpeg: 'ffmpeg' };
const masks = '0,0 1,0 1,1 0,1';

/** A county whose east gate is a school's, all of it under one mask, played from a bright loop. */
async function openRoom(closers: AsyncDisposableStack) {
  const folder = await mkdtemp(join(tmpdir(), 'commandwall-lift-'));
  closers.defer(() => rm(folder, { recursive: true, force: true }));
  const loop = join(folder, 'loop.mp4');
  const white = ['-f', 'lavfi', '-i', 'color=white:size=320x180:rate=12.5:duration=2', '-pix_fmt', 'yuv420p'];
  await runFfmpeg([...white, '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '12', '-bf', '0', loop]);
  const platform = await openTestPlatform({
    store: createMemoryStore({ epoch: 'epoch-1' }),
    demoLoops: { loopOf: () => loop, isDrawn: () => true },
    openGateway: (ports) => createCameraGateway({ ...ports, ...purely, transcoding: { cores: 1, count: 2 } }),
  });
  closers.defer(platform.close);
  const { url } = platform;
  const admin = await logIn({ url, account: 'admin' });
  const csv = `平台编号,名称,所属区域,敏感类别,遮挡区域\neast-a,东门小学,east,学校,"${masks}"\n`;
  const files = [{ name: 'cameras.csv', base64: Buffer.from(csv).toString('base64') }];
  const imported = await post({ url: `${url}${routes.directoryImport}`, body: { files, take: 'all' }, token: admin.session });
  const duty = await logIn({ url, account: 'duty' });
  const leader = await logIn({ url, account: 'leader' });
  const desk = await connectDesk({ url, device: await enrol({ url, session: duty.session }) });
  closers.defer(desk.close);
  await desk.ask('attach', { session: duty.session });
  return { url, desk, leader, duty, report: (await imported.json()) as unknown };
}

/** Mean luma of the pictures of some bytes. */
async function brightness(bytes: Uint8Array): Promise<number> {
  const { output } = await runFfmpeg(
    ['-loglevel', 'error', '-f', 'mp4', '-i', 'pipe:0', '-f', 'rawvideo', '-pix_fmt', 'gray', 'pipe:1'],
    bytes,
  );
  return output.reduce((sum, luma) => sum + luma, 0) / output.length;
}

test('a leader’s tap shows one desk the plain picture, its end closes what is open, and the next right is masked again', async () => {
  await using closers = new AsyncDisposableStack();
  const { url, desk, leader, duty, report } = await openRoom(closers);
  expect(report).toMatchObject({ problems: [], rows: { changed: 1 } });
  const ask = async (type: string, more: object = {}) => await desk.ask('ask', { type: `cameras.${type}`, cameraId: 'east-a', ...more });
  const grant = async () => {
    const purpose = { kind: 'patrol', reference: null };
    const answer = await ask('openView', { quality: 'sub', purpose, tile: 'console/preview', windowId: 'w1' });
    return MediaGrant.parse((answer as { value: unknown }).value);
  };
  const lifts = async (session: string) => {
    const response = await fetch(`${url}${routes.waitingLifts}`, { headers: { authorization: `Bearer ${session}` } });
    return response.ok ? WaitingLifts.parse(await response.json()).lifts : response.status;
  };
  const first = await grant();
  const window = await openPushWindow({ url: first.pushUrl, window: WindowId.parse('w1') });
  closers.defer(window.close);
  const shown = async (channel: number) => {
    await until(() => window.received.filter((whole) => whole.channel === channel).length >= 3);
    return await brightness(Buffer.concat(window.received.filter((whole) => whole.channel === channel).map(({ bytes }) => bytes)));
  };
  const closedAs = async (channel: number) => {
    await until(() => window.notices.some((notice) => notice.type === 'closed' && notice.channel === channel));
    return window.notices.find((notice) => notice.type === 'closed' && notice.channel === channel);
  };
  window.tell({ type: 'open', channel: 1, token: first.token });
  expect(await shown(1)).toBeLessThan(60);

  const asking = { reason: { kind: 'incident', reference: 'E-7' }, minutes: 5 };
  expect(await ask('askLift', asking)).toMatchObject({ ok: true, value: { kind: 'waiting', ringing: [leader.person.name] } });
  expect(await lifts(duty.session)).toBe(403);
  const [waiting] = (await lifts(leader.session)) as WaitingLifts['lifts'];
  expect(waiting).toMatchObject({ camera: { name: '东门小学' }, asker: duty.person.name, minutes: 5 });
  const body = { liftId: waiting?.liftId, answer: 'approve' };
  const byAsker = await post({ url: `${url}${routes.answerLift}`, body, token: duty.session });
  const byLeader = await post({ url: `${url}${routes.answerLift}`, body, token: leader.session });
  expect([byAsker.status, await byLeader.json()]).toEqual([403, { outcome: 'approved' }]);

  expect(await closedAs(1)).toMatchObject({ code: 'cameras.renditionChanged' });
  window.tell({ type: 'open', channel: 2, token: (await grant()).token });
  expect(await shown(2)).toBeGreaterThan(200);

  expect(await ask('endLift')).toMatchObject({ ok: true, value: { kind: 'masked' } });
  expect(await closedAs(2)).toMatchObject({ code: 'cameras.renditionChanged' });
  window.tell({ type: 'open', channel: 3, token: (await grant()).token });
  expect(await shown(3)).toBeLessThan(60);
});
