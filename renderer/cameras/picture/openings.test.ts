import { expect, test } from 'vitest';
import type { ViewRequest } from '#contract/bridge/index.ts';
import type { MediaGrant } from '#contract/cameras/index.ts';
import { granted, refused } from '#contract/values/index.ts';
import { createManualTimers } from '#contract/values/testing/manualTimers.ts';
import type { RoomAccess } from '../../room/index.ts';
import { createOpenings } from './openings.ts';
import type { Rank } from './priority.ts';

/** Openings with a clock that the test moves, and a main that knows batches, or one of the version before. */
function open({ methods = ['openView', 'openViews'] }: { methods?: readonly string[] } = {}) {
  const timers = createManualTimers();
  const asked: string[] = [];
  const right = ({ cameraId }: ViewRequest) =>
    cameraId === 'refused' ? refused('cameras.masked') : granted({ cameraId, token: `for ${cameraId}` } as unknown as MediaGrant);
  const ask = async (name: string, message: unknown) => {
    const views = name === 'openViews' ? (message as { views: ViewRequest[] }).views : [message as ViewRequest];
    asked.push(`${name} ${views.map(({ tile }) => tile).join(' ')}`);
    return name === 'openViews' ? granted(views.map(right)) : right(views[0] as ViewRequest);
  };
  const openings = createOpenings({
    ask: ask as unknown as RoomAccess['ask'],
    canAsk: (name) => methods.includes(name),
    clock: { nowMs: timers.now },
    timers,
  });
  const advance = async (ms: number) => {
    timers.advance(ms);
    await Promise.resolve();
  };
  const want = (rank: Rank, { cameraId = 'cam', isWanted = () => true }: { cameraId?: string; isWanted?: () => boolean } = {}) =>
    openings.ask({ rank, isWanted, view: { cameraId, quality: 'sub', purpose: patrol, tile: rank.place } as ViewRequest });
  return { openings, advance, asked, want };
}

const patrol = { kind: 'patrol', reference: null } as const;
const usual = (place: string): Rank => ({ priority: 'usual', place });
const answered = (answer: Awaited<ReturnType<ReturnType<typeof open>['want']>>) => (answer.ok ? answer.value.token : answer.refusal.code);

test('all tiles of a layout ask together, in one question: the focused one first, then the alarm, then by place', async () => {
  const { want, advance, asked } = open();
  for (const place of ['HDMI-1/10', 'HDMI-1/2', 'HDMI-1/0']) void want(usual(place));
  void want({ priority: 'alarm', place: 'HDMI-1/30' });
  void want({ priority: 'focused', place: 'console/preview' });
  await advance(10);
  expect(asked).toEqual([]);
  await advance(10);
  expect(asked).toEqual(['openViews console/preview HDMI-1/30 HDMI-1/0 HDMI-1/2 HDMI-1/10']);
});

test('36 tiles are one question, 65 are two, and each tile has the answer of its own', async () => {
  const { want, advance, asked } = open();
  for (const count of [36, 65]) {
    const answers = Array.from({ length: count }, (_, cell) => want(usual(`D/${cell}`), { cameraId: cell === 3 ? 'refused' : `c${cell}` }));
    await advance(20);
    const expected = Array.from({ length: count }, (_, cell) => (cell === 3 ? 'cameras.masked' : `for c${cell}`));
    expect((await Promise.all(answers)).map(answered)).toEqual(expected);
  }
  expect(asked.map((question) => question.split(' ').length - 1)).toEqual([36, 64, 1]);
});

test('a tile that went away before the question is not asked for', async () => {
  const { want, advance, asked } = open();
  const [gone, here] = [want(usual('D/0'), { isWanted: () => false }), want(usual('D/1'))];
  await advance(20);
  expect([(await Promise.all([gone, here])).map(answered), asked]).toEqual([['cameras.closed', 'for cam'], ['openViews D/1']]);
});

test('a main of the version before is asked view by view, in the same order', async () => {
  const { want, advance, asked } = open({ methods: [] });
  const answers = [want(usual('D/1')), want(usual('D/0'), { cameraId: 'refused' })];
  await advance(20);
  expect([asked, (await Promise.all(answers)).map(answered)]).toEqual([
    ['openView D/0', 'openView D/1'],
    ['for cam', 'cameras.masked'],
  ]);
});

test('four full pictures of one recorder are opened per second, and another recorder does not wait for it', async () => {
  const { openings, advance } = open();
  const opened: string[] = [];
  for (let index = 0; index < 10; index += 1) void openings.toOpenMain('nvr-a').then(() => opened.push('a'));
  void openings.toOpenMain('nvr-b').then(() => opened.push('b'));
  await advance(0);
  expect(opened.join('')).toBe('aaaab');
  await advance(999);
  expect(opened.join('')).toBe('aaaab');
  await advance(1);
  expect(opened.join('')).toBe('aaaabaaaa');
  await advance(1_000);
  expect(opened.join('')).toBe('aaaabaaaaaa');
});
