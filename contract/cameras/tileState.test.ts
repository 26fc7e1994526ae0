import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hlsLimits, pushLimits, type TileEvidence, tileState, webrtcLimits } from './tileState.ts';

const t0 = 1_763_800_000_000;
const flowing: TileEvidence = {
  openedAtMs: t0,
  lastFrame: { shownAtMs: t0 + 1_000, pictureAtMs: t0 + 400, clock: 'arrival' },
  source: { kind: 'flowing' },
  cameraLostSinceMs: null,
  refusedCode: null,
};
/** When the platform's record took the camera for lost. */
const lostAtMs = t0 + 6_000;
const at = (nowMs: number, evidence: TileEvidence = flowing) => tileState({ evidence, limits: pushLimits, nowMs });

describe('a tile', () => {
  test('is connecting until the first decoded frame', () => {
    expect(at(t0 + 500, { ...flowing, lastFrame: null })).toEqual({ kind: 'connecting', sinceMs: t0 });
  });

  test('is live only with its picture time and the clock that proved it', () => {
    expect(at(t0 + 1_200)).toEqual({ kind: 'live', pictureAtMs: t0 + 400, latencyMs: 600, clock: 'arrival' });
  });

  test('turns stale after three silent seconds, though the last frame still looks perfect', () => {
    expect(at(t0 + 4_000)).toMatchObject({ kind: 'live' });
    expect(at(t0 + 4_001)).toEqual({ kind: 'stale', lastPictureAtMs: t0 + 400, sinceMs: t0 + 1_000, reason: 'noFrames' });
  });

  test('stays stale however long the silence is: that its own picture is missing says nothing of the camera', () => {
    for (const source of [{ kind: 'flowing' }, { kind: 'unknown' }, { kind: 'lost', sinceMs: t0 + 1_000 }] as const) {
      expect(at(t0 + 3_600_000, { ...flowing, source })).toEqual({
        kind: 'stale',
        lastPictureAtMs: t0 + 400,
        sinceMs: t0 + 1_000,
        reason: 'noFrames',
      });
    }
  });

  test('turns offline when the record says that the camera is lost, since when the record says, with the time of the last picture', () => {
    const gone: TileEvidence = { ...flowing, cameraLostSinceMs: lostAtMs };
    expect(at(t0 + 16_000, gone)).toMatchObject({ kind: 'stale' });
    expect(at(t0 + 16_001, gone)).toEqual({ kind: 'offline', lastPictureAtMs: t0 + 400, sinceMs: lostAtMs });
  });

  test('believes its own frames more than a record that says the camera is lost', () => {
    expect(at(t0 + 1_200, { ...flowing, cameraLostSinceMs: t0 - 60_000 })).toMatchObject({ kind: 'live' });
  });

  test('is stale as soon as the gateway has lost the source and what was on its way has been shown', () => {
    const lost: TileEvidence = { ...flowing, source: { kind: 'lost', sinceMs: t0 + 400 } };
    expect(at(t0 + 2_000, lost)).toMatchObject({ kind: 'live' });
    expect(at(t0 + 2_001, lost)).toEqual({ kind: 'stale', lastPictureAtMs: t0 + 400, sinceMs: t0 + 1_000, reason: 'noFrames' });
    // Somebody far behind still gets what came before.
    expect(at(t0 + 2_001, { ...lost, lastFrame: { shownAtMs: t0 + 2_000, pictureAtMs: t0 + 300, clock: 'arrival' } })).toMatchObject({
      kind: 'live',
    });
  });

  test('is stale for a while before offline even when the gateway knows at once that the source is gone', () => {
    const lost: TileEvidence = { ...flowing, source: { kind: 'lost', sinceMs: t0 + 1_100 }, cameraLostSinceMs: lostAtMs };
    expect(at(t0 + 7_000, lost)).toMatchObject({ kind: 'stale', reason: 'noFrames' });
    expect(at(t0 + 7_001, lost)).toMatchObject({ kind: 'offline', sinceMs: lostAtMs });
  });

  test('is stale while frames flow but show the past', () => {
    const late: TileEvidence = { ...flowing, lastFrame: { shownAtMs: t0 + 9_000, pictureAtMs: t0 + 1_000, clock: 'arrival' } };
    expect(at(t0 + 9_100, late)).toEqual({ kind: 'stale', lastPictureAtMs: t0 + 1_000, sinceMs: t0 + 1_000, reason: 'delayed' });
  });

  test('is stale as soon as a late picture has grown too old on the glass, before the silence is one', () => {
    const late: TileEvidence = { ...flowing, lastFrame: { shownAtMs: t0 + 5_000, pictureAtMs: t0 + 1_000, clock: 'arrival' } };
    expect(at(t0 + 6_000, late)).toMatchObject({ kind: 'live', latencyMs: 4_000 });
    expect(at(t0 + 6_001, late)).toEqual({ kind: 'stale', lastPictureAtMs: t0 + 1_000, sinceMs: t0 + 1_000, reason: 'delayed' });
  });

  test('says unmoving, not live, when the gateway has seen the same picture for ever', () => {
    const frozen: TileEvidence = { ...flowing, source: { kind: 'unmoving', sinceMs: t0 - 600_000 } };
    expect(at(t0 + 1_200, frozen)).toEqual({ kind: 'unmoving', pictureAtMs: t0 + 400, sinceMs: t0 - 600_000 });
  });

  test('that never got a frame goes on connecting, and is offline only when the record says that the camera is lost', () => {
    const none: TileEvidence = { ...flowing, lastFrame: null };
    expect(at(t0 + 3_600_000, none)).toEqual({ kind: 'connecting', sinceMs: t0 });
    // It may have been lost long before, and come while it is opened.
    const gone: TileEvidence = { ...none, cameraLostSinceMs: t0 - 60_000 };
    expect(at(t0 + 10_000, gone)).toMatchObject({ kind: 'connecting' });
    expect(at(t0 + 10_001, gone)).toEqual({ kind: 'offline', lastPictureAtMs: null, sinceMs: t0 - 60_000 });
    // The gateway has just tried it too.
    expect(at(t0 + 3_001, { ...gone, source: { kind: 'lost', sinceMs: t0 + 100 } })).toMatchObject({ kind: 'offline' });
  });

  test('never says that a camera is gone which the record does not call lost, whatever it knows of its own picture', () => {
    const time = fc.integer({ min: t0 - 3_600_000, max: t0 + 3_600_000 });
    const clock = fc.constantFrom('source', 'arrival');
    const evidence: fc.Arbitrary<TileEvidence> = fc.record({
      openedAtMs: time,
      lastFrame: fc.option(fc.record({ shownAtMs: time, pictureAtMs: time, clock })),
      source: fc.oneof(
        fc.record({ kind: fc.constantFrom('flowing', 'unknown') }),
        fc.record({ kind: fc.constantFrom('lost', 'unmoving'), sinceMs: time }),
      ),
      cameraLostSinceMs: fc.constant(null),
      refusedCode: fc.option(fc.constantFrom('cameras.gatewayFull', 'access.notAllowed')),
    }) as fc.Arbitrary<TileEvidence>;
    fc.assert(
      fc.property(evidence, fc.constantFrom(pushLimits, hlsLimits, webrtcLimits), time, (known, limits, nowMs) => {
        expect(tileState({ evidence: known, limits, nowMs }).kind).not.toBe('offline');
      }),
      { seed: 20_261_123, numRuns: 2_000 },
    );
  });

  test('that was refused says why and nothing else', () => {
    expect(at(t0 + 99_000, { ...flowing, refusedCode: 'cameras.notYours' })).toEqual({ kind: 'refused', code: 'cameras.notYours' });
  });
});
