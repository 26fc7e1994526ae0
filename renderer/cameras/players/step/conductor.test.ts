import { expect, test } from 'vitest';
import { createManualTimers } from '#contract/values/testing/manualTimers.ts';
import { createConductor } from './conductor.ts';

const refreshMs = 1000 / 60;
/** Chromium takes a frame's length from the last 25 of them. */
const forgetsAfterFrames = 25;

/** A page with elements that show frames as Chromium does: regular ones in a fixed pattern of refreshes, begun wherever it was begun. */
function openPage() {
  const timers = createManualTimers();
  const now = () => 1_000 + timers.now();
  const elements: ReturnType<typeof makeElement>[] = [];
  const conductor = createConductor({ timers, nowMs: now });
  return {
    conductor,
    add: (frames: { periodMs: number; behindMs: number; jitterMs?: number }) => {
      const element = makeElement({ ...frames, now });
      elements.push(element);
      return element;
    },
    pass: (ms: number) => {
      const untilMs = now() + ms;
      for (let refresh = Math.floor(now() / refreshMs) + 1; refresh * refreshMs <= untilMs; refresh += 1) {
        timers.advance(refresh * refreshMs - now());
        for (const element of elements) element.refresh(refresh);
      }
    },
    /** How many refreshes of the last second brought a new frame to any element. */
    drawsInLastSecond: () =>
      new Set(elements.flatMap(({ shownAt }) => shownAt.filter((refresh) => refresh * refreshMs > now() - 1_000))).size,
  };
}

function makeElement({
  periodMs,
  behindMs,
  jitterMs = 0,
  now,
}: {
  periodMs: number;
  behindMs: number;
  jitterMs?: number;
  now: () => number;
}) {
  let [rate, setAtMs, setMediaMs] = [1, now(), 50_000 - behindMs];
  let shown = Math.floor(setMediaMs / periodMs);
  let pattern: { refresh: number; frame: number } | null = { refresh: Math.floor(now() / refreshMs) + (behindMs % 5), frame: shown };
  let looseUntilFrame = 0;
  let asked = new Map<number, VideoFrameRequestCallback>();
  let requests = 0;
  const rates: number[] = [];
  const shownAt: number[] = [];
  const mediaMs = () => setMediaMs + (now() - setAtMs) * rate;
  const isDue = (frame: number, refresh: number) =>
    pattern === null
      ? mediaMs() >= frame * periodMs
      : refresh >= pattern.refresh + Math.round(((frame - pattern.frame) * periodMs) / refreshMs - 0.01);
  const video = {
    paused: false,
    seeking: false,
    readyState: 4,
    get currentTime() {
      return mediaMs() / 1000;
    },
    get playbackRate() {
      return rate;
    },
    set playbackRate(next: number) {
      [setMediaMs, setAtMs, rate] = [mediaMs(), now(), next];
      rates.push(next);
      pattern = null;
      looseUntilFrame = shown + forgetsAfterFrames;
    },
    requestVideoFrameCallback: (seen: VideoFrameRequestCallback) => {
      requests += 1;
      asked.set(requests, seen);
      return requests;
    },
    cancelVideoFrameCallback: (request: number) => void asked.delete(request),
  };
  const refresh = (at: number) => {
    if (!isDue(shown + 1, at)) return;
    shown += 1;
    shownAt.push(at);
    if (pattern === null && rate === 1 && shown >= looseUntilFrame) pattern = { refresh: at, frame: shown };
    const seenBy = asked;
    asked = new Map();
    const mediaTime = (shown * periodMs + (shown % 3) * jitterMs) / 1000;
    for (const seen of seenBy.values()) seen(now(), { mediaTime, expectedDisplayTime: at * refreshMs } as VideoFrameCallbackMetadata);
  };
  return { video: video as unknown as HTMLVideoElement, refresh, rates, shownAt };
}

const eight = [0, 13, 26, 37, 41, 55, 68, 74];

test('frames that came at all refreshes come at the same ones after a while, and are then played as they are', () => {
  const page = openPage();
  const elements = eight.map((behindMs) => page.add({ periodMs: 80, behindMs }));
  for (const { video } of elements) page.conductor.follow(video, () => {});
  page.pass(2_000);
  expect(page.drawsInLastSecond()).toBeGreaterThan(30);
  page.pass(58_000);
  expect(page.drawsInLastSecond()).toBeLessThanOrEqual(13);
  expect(elements.map(({ video }) => video.playbackRate)).toEqual(eight.map(() => 1));
  const changes = elements.map(({ rates }) => rates.length);
  page.pass(60_000);
  expect(elements.map(({ rates }) => rates.length)).toEqual(changes);
  expect(Math.max(...elements.flatMap(({ rates }) => rates.map((rate) => Math.abs(rate - 1))))).toBeLessThan(0.07);
});

test('an element that joins later comes into step with the others', () => {
  const page = openPage();
  for (const behindMs of [0, 26, 55]) page.conductor.follow(page.add({ periodMs: 80, behindMs }).video, () => {});
  page.pass(60_000);
  page.conductor.follow(page.add({ periodMs: 80, behindMs: 37 }).video, () => {});
  page.pass(1_500);
  expect(page.drawsInLastSecond()).toBeGreaterThan(13);
  page.pass(60_000);
  expect(page.drawsInLastSecond()).toBeLessThanOrEqual(13);
});

test('cameras of another frame rate are in step among themselves; one whose frames come irregularly is left alone', () => {
  const page = openPage();
  const irregular = page.add({ periodMs: 80, behindMs: 30, jitterMs: 9 });
  const twice = [0, 11, 26].map((behindMs) => page.add({ periodMs: 40, behindMs }));
  const elements = [irregular, ...twice, ...[0, 37].map((behindMs) => page.add({ periodMs: 80, behindMs }))];
  for (const { video } of elements) page.conductor.follow(video, () => {});
  page.pass(90_000);
  const lastSecond = twice.map(({ shownAt }) => shownAt.slice(-20).join(' '));
  expect(new Set(lastSecond).size).toBe(1);
  expect(irregular.rates).toEqual([]);
});

test('one element alone, and those that are paused, are never steered', () => {
  const page = openPage();
  const alone = page.add({ periodMs: 80, behindMs: 3 });
  const paused = page.add({ periodMs: 80, behindMs: 40 });
  Object.assign(paused.video, { paused: true });
  for (const { video } of [alone, paused]) page.conductor.follow(video, () => {});
  page.pass(60_000);
  expect([alone.rates, paused.rates]).toEqual([[], []]);
});

test('whoever plays is told of its first frame and then of one at least every half second and a frame, until it leaves', () => {
  const page = openPage();
  const heardMs: number[] = [];
  const followed = page.conductor.follow(page.add({ periodMs: 80, behindMs: 3 }).video, (mediaTimeS) => heardMs.push(mediaTimeS * 1000));
  page.pass(180);
  expect(heardMs.length).toBe(1);
  page.pass(10_000);
  const apartMs = heardMs.slice(1).map((mediaMs, index) => mediaMs - (heardMs[index] ?? 0));
  expect(Math.max(...apartMs)).toBeLessThanOrEqual(600);
  expect(heardMs.length).toBeLessThan(40);
  followed.leave();
  const before = heardMs.length;
  page.pass(2_000);
  expect(heardMs.length).toBe(before);
});
