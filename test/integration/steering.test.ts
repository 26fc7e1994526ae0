import pino from 'pino';
import { expect, test } from 'vitest';
import type { SessionOpened } from '#contract/access/index.ts';
import { routes } from '#contract/bus/index.ts';
import { auditFeed } from '#contract/record/index.ts';
import type { CountyId } from '#contract/values/index.ts';
import { createCameraGateway } from '#platform/cameras/index.ts';
import { startOnvifDevice } from '#platform/cameras/gateway/testing/onvifDevice.ts';
import { sourceNetworks } from '#platform/core.ts';
import { nodeClock, nodeTimers } from '#platform/nodePorts.ts';
import { createMemoryStore, type RecordStore } from '#platform/record/index.ts';
import { enrol, logIn, openTestPlatform, post } from '../builders/platform.ts';
import { smallCounty } from '../builders/smallCounty.ts';
import { connectDesk } from '../fakes/busDesk.ts';
import { until } from '../fakes/until.ts';

const purely = { clock: nodeClock, timers: nodeTimers, randomness: () => 0.5, log: pino({ level: 'silent' }), ffmpeg: 'ffmpeg' };

type SteeringOnRecord = { readonly type: string; readonly personId?: string; readonly why?: string };

async function steeringFacts(store: RecordStore): Promise<readonly SteeringOnRecord[]> {
  const feed = auditFeed(smallCounty.county.countyId as CountyId);
  const facts = await store.readFacts({ feed, epoch: await store.epoch(), afterSeq: 0, limit: 1_000 });
  return facts
    .map(({ fact }): SteeringOnRecord => ({ type: fact.type, ...(JSON.parse(fact.payload) as object) }))
    .filter(({ type }) => /steering|cameraMoved|preset/.test(type));
}

/** A county with an imported ONVIF camera behind the real platform and gateway, and somebody at a desk of his own. */
async function openRoom(closers: AsyncDisposableStack) {
  const device = await startOnvifDevice({ lock: 'digest' });
  closers.defer(device.close);
  const store = createMemoryStore({ epoch: 'epoch-1' });
  const platform = await openTestPlatform({
    store,
    openGateway: (ports) => createCameraGateway({ ...ports, ...purely, networks: sourceNetworks('demo') }),
  });
  closers.defer(platform.close);
  const { url } = platform;
  const address = device.url.replace('onvif://', 'onvif://admin:geheim-42@');
  const csv = `平台编号,名称,所属区域,主码流\neast-a,东门,east,${address}\n`;
  const admin = await logIn({ url, account: 'admin' });
  const files = [{ name: 'cameras.csv', base64: Buffer.from(csv).toString('base64') }];
  const imported = await post({ url: `${url}${routes.directoryImport}`, body: { files, take: 'all' }, token: admin.session });
  const report: unknown = await imported.json();
  const sit = async (account: string) => {
    const opened: SessionOpened = await logIn({ url, account });
    const duty = account === 'duty' ? opened : await logIn({ url, account: 'duty' });
    const desk = await connectDesk({ url, device: await enrol({ url, session: duty.session }) });
    closers.defer(desk.close);
    await desk.ask('attach', { session: opened.session });
    const ask = (type: string, more: object = {}) => desk.ask('ask', { type: `cameras.${type}`, cameraId: 'east-a', ...more });
    return { desk, ask, session: opened.session, person: opened.person, move: (pan: number) => ask('ptzMove', { pan, tilt: 0, zoom: 0 }) };
  };
  return { device, store, sit, url, report };
}

test('somebody turns a camera, the next one hears who, the leader takes over, and the record has every turn and move', async () => {
  await using closers = new AsyncDisposableStack();
  const { device, store, sit, report } = await openRoom(closers);
  expect(report).toMatchObject({ problems: [], rows: { changed: 1 } });
  const [duty, town, leader] = [await sit('duty'), await sit('town'), await sit('leader')];
  expect(await duty.ask('ptzStatus')).toMatchObject({
    ok: true,
    value: { presets: [{ name: '大门' }, { name: '河堤' }], lease: { kind: 'free' } },
  });
  expect(await duty.move(0.5)).toMatchObject({ ok: true, value: { kind: 'mine' } });
  expect(await leader.move(1)).toMatchObject({ ok: false, refusal: { code: 'cameras.ptzHeld', params: { holder: duty.person.name } } });
  expect(await town.ask('ptzTake', { from: 'holder' })).toMatchObject({ ok: false });
  expect(await leader.ask('ptzTake', { from: 'holder' })).toMatchObject({ ok: true, value: { kind: 'mine' } });
  expect(await leader.ask('ptzGoTo', { preset: '2' })).toMatchObject({ ok: true });
  expect(device.asked.filter((action) => /Move|Stop|Goto/.test(action))).toEqual(['ContinuousMove 0.5,0,0', 'Stop', 'GotoPreset 2']);
  await expect.poll(async () => (await steeringFacts(store)).length).toBe(5);
  expect((await steeringFacts(store)).map(({ type, personId }) => [type, personId])).toEqual([
    ['audit.steeringTaken', duty.person.personId],
    ['audit.cameraMoved', duty.person.personId],
    ['audit.steeringEnded', duty.person.personId],
    ['audit.steeringTaken', leader.person.personId],
    ['audit.presetCalled', leader.person.personId],
  ]);
});

test('a desk that falls silent, and one whose line breaks, leave a camera that stands; a log-out gives it back', async () => {
  await using closers = new AsyncDisposableStack();
  const { device, store, sit, url } = await openRoom(closers);
  const [duty, leader] = [await sit('duty'), await sit('leader')];
  const stops = () => device.asked.filter((action) => action === 'Stop').length;
  const fromMs = performance.now();
  await duty.move(1);
  await until(() => stops() === 1);
  process.stdout.write(`the camera stood ${Math.round(performance.now() - fromMs)} ms after the last word\n`);
  await duty.move(1);
  const lostMs = performance.now();
  duty.desk.close();
  await until(() => stops() === 2);
  process.stdout.write(`the camera stood ${Math.round(performance.now() - lostMs)} ms after the line was lost\n`);
  await expect.poll(async () => (await steeringFacts(store)).length).toBe(3);
  expect((await steeringFacts(store)).map(({ type, why }) => [type, why])).toEqual([
    ['audit.steeringTaken', undefined],
    ['audit.cameraMoved', 'silent'],
    ['audit.cameraMoved', 'lineLost'],
  ]);
  await leader.ask('ptzTake', { from: 'holder' });
  await leader.move(1);
  await post({ url: `${url}${routes.logout}`, body: {}, token: leader.session });
  await until(() => stops() === 3);
  await expect.poll(async () => (await steeringFacts(store)).at(-1)).toMatchObject({ type: 'audit.steeringEnded', why: 'sessionEnded' });
  expect(await leader.ask('ptzStatus')).toMatchObject({ refusal: { code: 'access.notAllowed' } });
});
