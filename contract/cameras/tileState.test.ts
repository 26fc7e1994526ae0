import { describe, expect, test } from 'vitest';
import { pushLimits, type TileEvidence, tileState } from './tileState.ts';

const t0 = 1_763_800_000_000;
const flowing: TileEvidence = {
  openedAtMs: t0,
  lastFrame: { shownAtMs: t0 + 1_000, pictureAtMs: t0 + 400, clock: 'arrival' },
  source: { kind: 'flowing' },
  refusedCode: null,
};
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

  test('turns offline when the silence goes on, and names when the last picture was', () => {
    expect(at(t0 + 16_001)).toEqual({ kind: 'offline', lastPictureAtMs: t0 + 400, sinceMs: t0 + 1_000, reason: 'noFrames' });
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
    const lost: TileEvidence = { ...flowing, source: { kind: 'lost', sinceMs: t0 + 1_100 } };
    expect(at(t0 + 4_500, lost)).toMatchObject({ kind: 'stale', reason: 'noFrames' });
    expect(at(t0 + 7_001, lost)).toMatchObject({ kind: 'offline', reason: 'sourceLost' });
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

  test('that never got a frame says so instead of connecting for ever', () => {
    expect(at(t0 + 10_001, { ...flowing, lastFrame: null })).toEqual({
      kind: 'offline',
      lastPictureAtMs: null,
      sinceMs: t0,
      reason: 'neverConnected',
    });
  });

  test('that was refused says why and nothing else', () => {
    expect(at(t0 + 99_000, { ...flowing, refusedCode: 'cameras.notYours' })).toEqual({ kind: 'refused', code: 'cameras.notYours' });
  });
});
