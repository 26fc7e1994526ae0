import { expect, test } from 'vitest';
import type { PolicyActor } from '#contract/access/index.ts';
import { type Camera, grantLifetimeMs, MediaGrant, type OpenView } from '#contract/cameras/index.ts';
import type { CameraId, DeskId, RegionId, WindowId } from '#contract/values/index.ts';
import { createHandPorts } from '../record/testing/handPorts.ts';
import { createGrants, type Viewer } from './grants.ts';
import type { OpenedGrant } from './ports.ts';

const liftedUntilMs = 1_800_000_000_000;
const viewer = { deskId: 'd1' as DeskId, sessionId: 's1' };
const view = (over: Partial<OpenView> = {}): OpenView => ({
  type: 'cameras.openView',
  cameraId: 'east-a' as CameraId,
  quality: 'sub',
  purpose: { kind: 'patrol', reference: null },
  tile: 'D1/0',
  windowId: 'w1' as WindowId,
  ...over,
});
const device: PolicyActor = { kind: 'device', territory: ['al' as RegionId] };
const person = (roles: ('dutyOfficer' | 'auditor')[], territory = 'al'): PolicyActor => ({
  kind: 'person',
  roles,
  territory: [territory as RegionId],
});

function open(
  actors: { wall: readonly PolicyActor[]; console: readonly PolicyActor[] } = { wall: [device], console: [person(['dutyOfficer'])] },
) {
  const hand = createHandPorts();
  const now = { ...actors };
  const paths = new Map([
    ['east-a', ['east', 'al']],
    ['west-a', ['west', 'al']],
    ['east-b', ['east', 'al']],
    ['school-a', ['east', 'al']],
  ]);
  const looks: object[] = [];
  const audit = { isWritable: true, asked: 0 };
  const drawing = new Set<string>();
  const cameras = new Map<string, Pick<Camera, 'cameraClass' | 'masks'>>();
  const can = { mask: true };
  const lifted = new Set<string>();
  const grants = createGrants({
    ...hand,
    sources: { sourceOf: (id) => (id === 'east-b' ? null : { kind: 'demo', loop: '/loop.mp4' }) },
    pathOf: (id) => (paths.get(id) ?? []) as RegionId[],
    cameraOf: (id) => cameras.get(id) ?? { cameraClass: id === 'school-a' ? 'school' : 'ordinary' },
    canMask: () => can.mask,
    liftedUntil: (id, { sessionId }) => (lifted.has(`${id} ${sessionId}`) ? liftedUntilMs : null),
    actorsOf: (_viewer, surface) => now[surface],
    register: {
      isWritable: async () => {
        audit.asked += 1;
        return audit.isWritable;
      },
      async opened(opened: { opened: OpenedGrant; viewer: Viewer }) {
        if (audit.isWritable) looks.push({ kind: 'opened', ...opened });
        return audit.isWritable;
      },
      closed: (opened: OpenedGrant, why: string) => void looks.push({ kind: 'closed', opened, why }),
    },
    isBeingDrawn: (id) => drawing.has(id),
    baseUrl: () => 'http://127.0.0.1:7080',
  });
  return { ...hand, grants, now, looks, audit, drawing, cameras, can, lifted };
}

test('a grant opens exactly what was asked for, for a minute', async () => {
  const { grants, advanceMs, clock } = open();
  const answer = await grants.open(view(), viewer);
  if (!answer.ok) throw new Error(answer.refusal.code);
  const grant = MediaGrant.parse(answer.value);
  expect(grant).toMatchObject({
    expiresAtMs: clock.nowMs() + grantLifetimeMs,
    pushUrl: 'ws://127.0.0.1:7080/media/push',
    hlsUrl: 'http://127.0.0.1:7080/media/hls/east-a/sub/index.m3u8',
  });
  const opened = grants.redeem(grant.token);
  expect(opened).toMatchObject({ cameraId: 'east-a', quality: 'sub', windowId: 'w1' });
  advanceMs(grantLifetimeMs);
  expect([grants.redeem(grant.token), opened && grants.isStillAllowed(opened), grants.redeem('x'.repeat(43))]).toEqual([null, true, null]);
});

test.each([
  ['a camera that does not exist', view({ cameraId: 'nowhere' as CameraId }), 'cameras.unknown'],
  ['a camera without a source', view({ cameraId: 'east-b' as CameraId }), 'cameras.notConnected'],
  ['a sensitive camera of which nobody said what to mask', view({ cameraId: 'school-a' as CameraId }), 'cameras.masked'],
])('%s is refused', async (_name, question, code) => {
  expect(await open().grants.open(question, viewer)).toMatchObject({ ok: false, refusal: { code } });
});

test("another territory's camera and one that does not exist are the same refusal", async () => {
  const { grants } = open({ wall: [{ kind: 'device', territory: ['east' as RegionId] }], console: [] });
  const asked = ['west-a', 'nowhere'].map((id) => grants.open(view({ cameraId: id as CameraId }), viewer));
  const [foreign, missing] = await Promise.all(asked);
  expect([foreign, missing]).toEqual([
    { ok: false, refusal: { code: 'cameras.unknown', params: { cameraId: 'west-a' } } },
    { ok: false, refusal: { code: 'cameras.unknown', params: { cameraId: 'nowhere' } } },
  ]);
});

test("the console needs its person's right, the wall the workstation's", async () => {
  const { grants } = open({ wall: [device], console: [person(['auditor'])] });
  const onConsole = await grants.open(view({ tile: 'console/preview' }), viewer);
  expect([onConsole, (await grants.open(view(), viewer)).ok]).toEqual([{ ok: false, refusal: { code: 'access.notAllowed' } }, true]);
});

test('nobody at the console sees nothing there', async () => {
  const { grants } = open({ wall: [device], console: [] });
  expect(await grants.open(view({ tile: 'console/preview' }), viewer)).toMatchObject({ ok: false });
});

test('a right that ends closes what it opened, and tells the gateway to look', async () => {
  const { grants, now } = open();
  const answer = await grants.open(view({ tile: 'console/preview' }), viewer);
  const opened = answer.ok ? grants.redeem(answer.value.token) : null;
  if (opened === null || !answer.ok) throw new Error('not opened');
  let told = 0;
  const forget = grants.onRightsChanged(() => void (told += 1));
  now.console = [];
  grants.rightsChanged();
  forget();
  grants.rightsChanged();
  expect([grants.isStillAllowed(opened), grants.redeem(answer.value.token), told]).toEqual([false, null, 1]);
});

test('a stream that is looked at for days keeps its right, one that was closed is forgotten', async () => {
  const { grants, advanceMs } = open();
  const taken = async () => {
    const answer = await grants.open(view(), viewer);
    const opened = answer.ok ? grants.redeem(answer.value.token) : null;
    if (opened === null) throw new Error('not opened');
    return opened;
  };
  const [watched, left] = [await taken(), await taken()];
  for (let halfMinute = 0; halfMinute < 40; halfMinute += 1) {
    advanceMs(30_000);
    if (watched) grants.isStillAllowed(watched);
  }
  for (let other = 0; other < 256; other += 1) await grants.open(view(), viewer);
  expect([watched && grants.isStillAllowed(watched), left && grants.isStillAllowed(left)]).toEqual([true, false]);
});

test('a look is told with its desk, its purpose and its tile when pictures begin, not when they are asked for', async () => {
  const { grants, looks } = open();
  const answer = await grants.open(view({ purpose: { kind: 'incident', reference: 'E-7' } }), viewer);
  const before = looks.length;
  const opened = answer.ok ? grants.redeem(answer.value.token) : null;
  if (opened === null) throw new Error('not opened');
  await grants.viewOpened(opened);
  grants.viewClosed(opened, 'lost');
  expect([before, looks]).toEqual([
    0,
    [
      { kind: 'opened', opened, viewer, askedFor: { purpose: { kind: 'incident', reference: 'E-7' }, tile: 'D1/0' } },
      { kind: 'closed', opened, why: 'lost' },
    ],
  ]);
});

test('a look that cannot be written down is refused, and one that was granted before is not begun', async () => {
  const { grants, audit, looks } = open();
  const answer = await grants.open(view(), viewer);
  const opened = answer.ok ? grants.redeem(answer.value.token) : null;
  if (opened === null) throw new Error('not opened');
  audit.isWritable = false;
  const [later, begun] = [await grants.open(view(), viewer), await grants.viewOpened(opened)];
  expect([later, begun, looks]).toEqual([{ ok: false, refusal: { code: 'bus.notRecorded' } }, false, []]);
});

test('a demo camera whose picture is still being drawn is not opened, and is as soon as it is there', async () => {
  const { grants, drawing } = open();
  drawing.add('east-a');
  const before = await grants.open(view(), viewer);
  drawing.clear();
  expect([before, (await grants.open(view(), viewer)).ok]).toEqual([
    { ok: false, refusal: { code: 'cameras.beingDrawn', params: { cameraId: 'east-a' } } },
    true,
  ]);
});

const masks: Camera['masks'] = [
  [
    [0.1, 0.1],
    [0.4, 0.1],
    [0.4, 0.5],
  ],
];

async function openedSchool({ grants }: ReturnType<typeof open>, question: Partial<OpenView> = {}) {
  const answer = await grants.open(view({ cameraId: 'school-a' as CameraId, ...question }), viewer);
  const opened = answer.ok ? grants.redeem(answer.value.token) : null;
  return { answer, opened };
}

test('a masked camera is opened with its masks and nothing else, by a path of its own; without a gateway that masks not at all', async () => {
  const room = open();
  room.cameras.set('school-a', { cameraClass: 'school', masks });
  const { answer, opened } = await openedSchool(room);
  room.can.mask = false;
  expect([
    opened?.masks,
    answer.ok && [answer.value.hlsUrl, answer.value.llHlsUrl],
    opened && room.grants.isStillAllowed(opened),
    (await openedSchool(room)).answer,
  ]).toEqual([
    masks,
    ['index', 'live'].map((name) => `http://127.0.0.1:7080/media/hls/school-a/sub-masked/${name}.m3u8`),
    false,
    { ok: false, refusal: { code: 'cameras.masked', params: { cameraId: 'school-a' } } },
  ]);
});

test('other areas after an import, or an ordinary camera that gets some, end what is open and say why', async () => {
  const room = open();
  const plain = await room.grants.open(view(), viewer);
  const opened = plain.ok ? room.grants.redeem(plain.value.token) : null;
  room.cameras.set('school-a', { cameraClass: 'school', masks });
  const { opened: masked } = await openedSchool(room);
  if (opened === null || masked === null) throw new Error('not opened');
  room.cameras.set('east-a', { cameraClass: 'ordinary', masks });
  room.cameras.set('school-a', { cameraClass: 'school', masks: [...masks, ...masks] });
  expect([opened, masked].map((grant) => [room.grants.isStillAllowed(grant), room.grants.endCode?.(grant)])).toEqual([
    [false, 'cameras.renditionChanged'],
    [false, 'cameras.renditionChanged'],
  ]);
});

test('a lift gives one person the plain picture, and its end takes it away again', async () => {
  const room = open();
  room.cameras.set('school-a', { cameraClass: 'school', masks });
  const { opened: masked } = await openedSchool(room);
  room.lifted.add('school-a s1');
  const { opened: plain } = await openedSchool(room);
  const other = await room.grants.open(view({ cameraId: 'school-a' as CameraId }), { ...viewer, sessionId: 's2' });
  if (masked === null || plain === null || !other.ok) throw new Error('not opened');
  const during = [masked, plain].map(room.grants.isStillAllowed);
  room.lifted.clear();
  const after = [masked, plain].map(room.grants.isStillAllowed);
  expect([plain.masks, room.grants.redeem(other.value.token)?.masks, during, after]).toEqual([
    undefined,
    masks,
    [false, true],
    [true, false],
  ]);
});

test('the views of a window are granted each for itself, and whether they can be written down is asked once', async () => {
  const { grants, audit } = open();
  const { type: _, windowId, ...one } = view();
  const views = ['east-a', 'nowhere', 'school-a', 'west-a'].map((cameraId) => ({ ...one, cameraId: cameraId as CameraId }));
  const answers = await grants.openAll({ type: 'cameras.openViews', windowId, views }, viewer);
  const told = answers.map((answer) => (answer.ok ? grants.redeem(answer.value.token)?.cameraId : answer.refusal.code));
  expect([told, audit.asked]).toEqual([['east-a', 'cameras.unknown', 'cameras.masked', 'west-a'], 1]);
});

test('whoever asks for several views is told until when a mask is lifted; who asks for one reads what the version before knew', async () => {
  const room = open();
  room.cameras.set('school-a', { cameraClass: 'school', masks });
  room.lifted.add('school-a s1');
  const { type: _, windowId, ...one } = view({ cameraId: 'school-a' as CameraId });
  const [answer, other] = await room.grants.openAll(
    { type: 'cameras.openViews', windowId, views: [one, { ...one, cameraId: 'east-a' as CameraId }] },
    viewer,
  );
  const { answer: alone } = await openedSchool(room);
  expect([answer, other, alone].map((each) => each?.ok && each.value.liftedUntilMs)).toEqual([liftedUntilMs, undefined, undefined]);
});

test('a token says why it opens nothing: another rendition is another word than a right that is gone', async () => {
  const room = open();
  room.cameras.set('school-a', { cameraClass: 'school', masks });
  const { answer } = await openedSchool(room);
  const token = answer.ok ? answer.value.token : '';
  room.lifted.add('school-a s1');
  const changed = [room.grants.redeem(token), room.grants.tokenEndCode?.(token)];
  room.now.wall = [];
  expect([changed, room.grants.tokenEndCode?.(token), room.grants.tokenEndCode?.('x'.repeat(43))]).toEqual([
    [null, 'cameras.renditionChanged'],
    'access.notAllowed',
    'access.notAllowed',
  ]);
});
