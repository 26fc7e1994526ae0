import pino from 'pino';
import { expect, test } from 'vitest';
import { routes } from '#contract/bus/index.ts';
import { type CameraProbe, gradeOf, ProbedCameras, type ProbeState } from '#contract/cameras/index.ts';
import { createCameraGateway } from '#platform/cameras/index.ts';
import { nodeClock, nodeTimers } from '#platform/nodePorts.ts';
import { createMemoryStore } from '#platform/record/index.ts';
import { enrol, logIn, openTestPlatform, post } from '../builders/platform.ts';
import { connectDesk } from '../fakes/busDesk.ts';
import { startRtspServer } from '../fakes/rtspServer.ts';

const purely = { clock: nodeClock, timers: nodeTimers, randomness: () => 0.5, log: pino({ level: 'silent' }), ffmpeg: 'ffmpeg' };
const password = 'geheim-42';

/** A county whose east gate is read from an RTSP server that is not ours, and a desk of the duty officer in it. */
async function openRoom(closers: AsyncDisposableStack) {
  const server = await startRtspServer({ codec: 'h265', account: { user: 'admin', password, scheme: 'digest' } });
  closers.defer(server.kill);
  const platform = await openTestPlatform({
    store: createMemoryStore({ epoch: 'epoch-1' }),
    openGateway: (ports) => createCameraGateway({ ...ports, ...purely, networks: { cidrs: [], loopback: 'allowed' } }),
  });
  closers.defer(platform.close);
  const { url } = platform;
  const admin = await logIn({ url, account: 'admin' });
  const duty = await logIn({ url, account: 'duty' });
  const desk = await connectDesk({ url, device: await enrol({ url, session: duty.session }) });
  closers.defer(desk.close);
  await desk.ask('attach', { session: duty.session });
  await desk.resume([{ feed: 'county/testland', position: null }]);
  const importAs = async (address: string) => {
    const csv = `平台编号,名称,所属区域,主码流\neast-a,东门,east,${address}\n`;
    const files = [{ name: 'cameras.csv', base64: Buffer.from(csv).toString('base64') }];
    return await post({ url: `${url}${routes.directoryImport}`, body: { files, take: 'all' }, token: admin.session });
  };
  const round = async (ask: 'unprobed' | 'nothing', sinceMs: number, session = admin.session) =>
    await post({ url: `${url}${routes.probeCameras}`, body: { ask, sinceMs }, token: session });
  const told = (type: string) =>
    desk.told.facts
      .map(({ fact }) => fact)
      .filter((fact) => fact.type === type)
      .map(({ payload }) => JSON.parse(payload) as CameraProbe);
  return { server, desk, duty, importAs, round, told, address: server.url.replace('//', `//admin:${password}@`) };
}

test('an imported camera is probed from a desk: its result is a fact without any secret, and a new address takes it away', async () => {
  await using closers = new AsyncDisposableStack();
  const { desk, importAs, told, address, server } = await openRoom(closers);
  await importAs(address);
  const ask = async (type: string) =>
    ((await desk.ask('ask', { type: `cameras.${type}`, cameraId: 'east-a' })) as { value: ProbeState }).value;
  expect(await ask('probeStatus')).toEqual({ kind: 'none' });
  expect(await ask('probe')).toMatchObject({ kind: 'running' });
  await desk.until(() => told('cameras.probed').length === 1);
  const [found] = told('cameras.probed');
  expect(found?.streams).toMatchObject([{ outcome: 'measured', quality: 'main', codec: 'hevc', plays: 'encoded', transport: 'tcp' }]);
  expect(gradeOf({ streams: found!.streams }).remarks.map(({ code }) => code)).toEqual(['encoded', 'noSub']);
  expect(JSON.stringify(desk.told.facts)).not.toContain(password);
  // The fact is told a moment before the queue has let go of the camera.
  while ((await ask('probeStatus')).kind === 'running');
  expect(await ask('probeStatus')).toMatchObject({ kind: 'done', probe: { streams: found?.streams } });

  await importAs(`${address.replace('/stream', '/other')}`);
  await desk.until(() => told('cameras.probeOutdated').length === 1);
  expect(await ask('probeStatus')).toEqual({ kind: 'none' });
  await server.kill();
  expect(await ask('probe')).toMatchObject({ kind: 'running' });
  await desk.until(() => told('cameras.probed').length === 2);
  expect(told('cameras.probed')[1]?.streams).toMatchObject([{ outcome: 'failed', quality: 'main' }]);
});

test('whoever imports asks for all that were never looked at; nobody else may', async () => {
  await using closers = new AsyncDisposableStack();
  const { desk, told, importAs, round, duty, address } = await openRoom(closers);
  await importAs(address.replace(password, 'a-wrong-one'));
  const answer = await round('unprobed', 0);
  const begun = ProbedCameras.parse(await answer.json());
  // Loops of the demo are looked at only when somebody asks for one of them.
  expect(begun).toMatchObject({ waiting: 1, cameras: [] });
  const found = async () => ProbedCameras.parse(await (await round('nothing', 0)).json());
  await desk.until(() => told('cameras.probed').length === 1);
  expect((await found()).cameras).toMatchObject([
    { number: expect.any(String), name: '东门', probe: { streams: [{ outcome: 'failed', code: 'cameras.wrongPassword' }] } },
  ]);
  expect((await round('unprobed', 0, duty.session)).status).toBe(403);
});
