import { describe, expect, test } from 'vitest';
import type { CameraId } from '#contract/values/index.ts';
import { type CameraFact, type CamerasState, decideCamera, decideSourceChange, evolveCameras } from './rules.ts';

const cameraId = 'al-0007' as CameraId;
const untouched: CamerasState = new Map();
const isKnown = (asked: CameraId) => asked === cameraId;
const reported: CameraFact = { type: 'cameras.faultReported', atMs: 1_000, payload: { cameraId, version: 1, fault: 'blurred' } };

describe('camera rules', () => {
  test('a reported fault is a fact with the next version of that camera', () => {
    expect(decideCamera(untouched, { command: { type: 'cameras.reportFault', cameraId, fault: 'blurred' }, isKnown })).toEqual({
      ok: true,
      value: [{ type: 'cameras.faultReported', payload: { cameraId, version: 1, fault: 'blurred' } }],
    });
  });

  test('a fault is not reported twice', () => {
    const state = evolveCameras(untouched, reported);
    expect(decideCamera(state, { command: { type: 'cameras.reportFault', cameraId, fault: 'other' }, isKnown })).toEqual({
      ok: false,
      refusal: { code: 'cameras.faultAlreadyReported', params: { cameraId } },
    });
  });

  test('a foreign camera and one that does not exist are the same refusal', () => {
    const foreign = 'elsewhere-1' as CameraId;
    expect(decideCamera(untouched, { command: { type: 'cameras.clearFault', cameraId: foreign }, isKnown })).toEqual({
      ok: false,
      refusal: { code: 'cameras.unknown', params: { cameraId: foreign } },
    });
  });

  test('folding keeps the fault while the source comes and goes', () => {
    const facts: CameraFact[] = [
      reported,
      { type: 'cameras.sourceLost', atMs: 2_000, payload: { cameraId, version: 2, reason: 'exited' } },
      { type: 'cameras.sourceRestored', atMs: 3_000, payload: { cameraId, version: 3 } },
    ];
    expect([...facts.reduce(evolveCameras, untouched).values()]).toEqual([
      { cameraId, version: 3, source: { kind: 'normal' }, fault: { kind: 'blurred', reportedAtMs: 1_000 } },
    ]);
  });

  test('an older fact, heard again over another feed, changes nothing', () => {
    const state = evolveCameras(evolveCameras(untouched, reported), {
      type: 'cameras.faultCleared',
      atMs: 2_000,
      payload: { cameraId, version: 2 },
    });
    expect(evolveCameras(state, reported)).toBe(state);
  });

  test('a person’s word is about a picture that does not move: the last one stands, and it is gone when the picture moves', () => {
    const unmoving: CameraFact = {
      type: 'cameras.pictureUnmoving',
      atMs: 9_000,
      payload: { cameraId, version: 1, sinceMs: 4_000, why: 'still' },
    };
    const judge = (state: CamerasState, word: 'fault' | 'quiet') =>
      decideCamera(state, { command: { type: 'cameras.judgeUnmoving', cameraId, word }, isKnown });
    const still = evolveCameras(untouched, unmoving);
    const quiet: CameraFact = { type: 'cameras.unmovingJudged', atMs: 9_500, payload: { cameraId, version: 2, word: 'quiet' } };
    const known = evolveCameras(still, quiet);
    expect([judge(untouched, 'quiet'), judge(still, 'quiet'), judge(known, 'quiet'), judge(known, 'fault')]).toEqual([
      { ok: false, refusal: { code: 'cameras.notUnmoving', params: { cameraId } } },
      { ok: true, value: [{ type: 'cameras.unmovingJudged', payload: { cameraId, version: 2, word: 'quiet' } }] },
      { ok: true, value: [] },
      { ok: true, value: [{ type: 'cameras.unmovingJudged', payload: { cameraId, version: 3, word: 'fault' } }] },
    ]);
    const moves: CameraFact = { type: 'cameras.pictureMoving', atMs: 9_900, payload: { cameraId, version: 3 } };
    const late: CameraFact = { type: 'cameras.unmovingJudged', atMs: 9_950, payload: { cameraId, version: 4, word: 'fault' } };
    expect([known, [moves, late].reduce(evolveCameras, known)].map((state) => state.get(cameraId)?.source)).toEqual([
      { kind: 'unmoving', sinceMs: 4_000, why: 'still', word: 'quiet' },
      { kind: 'normal' },
    ]);
  });

  test('a lost source is told once', () => {
    const lost = { cameraId, source: 'lost', reason: 'noData' } as const;
    const state = evolveCameras(untouched, { type: 'cameras.sourceLost', atMs: 5, payload: { cameraId, version: 1, reason: 'noData' } });
    expect([decideSourceChange(untouched, lost).length, decideSourceChange(state, lost).length]).toEqual([1, 0]);
  });

  test('a picture that stands still is told once with since when, and once that it moves again; coming from lost it is restored first', () => {
    const still = { cameraId, source: 'unmoving', sinceMs: 4_000, why: 'still' } as const;
    const lost = evolveCameras(untouched, { type: 'cameras.sourceLost', atMs: 5, payload: { cameraId, version: 1, reason: 'noData' } });
    expect(decideSourceChange(lost, still).map(({ type, payload }) => `${type} ${payload.version}`)).toEqual([
      'cameras.sourceRestored 2',
      'cameras.pictureUnmoving 3',
    ]);
    const [unmoving] = decideSourceChange(untouched, still);
    const state = evolveCameras(untouched, { ...unmoving!, atMs: 9_000 });
    expect(state.get(cameraId)?.source).toEqual({ kind: 'unmoving', sinceMs: 4_000, why: 'still' });
    expect(decideSourceChange(state, still)).toEqual([]);
    expect(decideSourceChange(state, { cameraId, source: 'normal' })).toEqual([
      { type: 'cameras.pictureMoving', payload: { cameraId, version: 2 } },
    ]);
  });

  test('a wrong clock is told once and right again once; it says nothing about the picture', () => {
    const wrong = { cameraId, clock: 'wrong', offsetMs: 180_000.4 } as const;
    expect(decideSourceChange(untouched, { cameraId, clock: 'right' })).toEqual([]);
    const [fact] = decideSourceChange(untouched, wrong);
    const state = evolveCameras(untouched, { ...fact!, atMs: 7 });
    expect(state.get(cameraId)).toMatchObject({ source: { kind: 'normal' }, clock: { sinceMs: 7, offsetMs: 180_000 } });
    expect(decideSourceChange(state, wrong)).toEqual([]);
    expect(decideSourceChange(state, { cameraId, clock: 'right' }).map(({ type }) => type)).toEqual(['cameras.clockRight']);
  });
});
