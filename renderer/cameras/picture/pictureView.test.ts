import { describe, expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { granted, type Timers } from '#contract/values/index.ts';
import type { PlayerEvidence, PlayerPorts } from '../players/index.ts';
import { openPictureView } from './pictureView.ts';

/** Everything a picture needs, with a clock that the test moves and players that it speaks for. */
function openPicture() {
  let nowMs = 1_000_000;
  let waiting: { atMs: number; run: () => void }[] = [];
  const timers: Timers = {
    afterMs: (delayMs, run) => {
      const entry = { atMs: nowMs + delayMs, run };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((other) => other !== entry);
      };
    },
  };
  const ticker = createStore<number>(() => nowMs);
  const opened: (PlayerPorts & { isClosed: boolean; quality: string })[] = [];
  const video = { videoWidth: 640, videoHeight: 360, readyState: 4 };
  const canvas = { dataset: {} as Record<string, string>, getContext: () => ({ drawImage: () => {} }), remove: () => {} };
  const create = (ports: PlayerPorts) => {
    const entry = { ...ports, isClosed: false, quality: '' };
    opened.push(entry);
    return {
      open: (grants: () => Promise<unknown>) => void grants(),
      attach: () => {},
      close: () => {
        entry.isClosed = true;
      },
    };
  };
  const view = openPictureView({
    quality: 'sub',
    kind: 'push',
    grantsFor: (quality) => async () => {
      const last = opened.at(-1);
      if (last !== undefined) last.quality = quality;
      return granted({} as never);
    },
    ports: {
      players: { push: { create }, hls: { create } },
      pool: { acquire: () => video as unknown as HTMLVideoElement, release: () => {} },
      page: { createElement: () => canvas } as unknown as Document,
      ticker,
      platformNow: () => nowMs,
      timers,
      random: () => 0,
    },
  });
  const advance = (ms: number) => {
    for (const untilMs = nowMs + ms; nowMs < untilMs; ) {
      nowMs += 500;
      for (const due of waiting.filter(({ atMs }) => atMs <= nowMs)) {
        waiting = waiting.filter((other) => other !== due);
        due.run();
      }
      ticker.setState(nowMs, true);
    }
  };
  const hear = (evidence: PlayerEvidence) => opened.at(-1)?.onEvidence(evidence);
  const showFrame = () => hear({ kind: 'frame', shownAtMs: nowMs, pictureAtMs: nowMs - 700, clock: 'arrival' });
  const kind = () => view.state.getState().tile.kind;
  return { view, opened, advance, hear, showFrame, kind, canvas };
}

globalThis.HTMLMediaElement ??= { HAVE_CURRENT_DATA: 2 } as unknown as typeof HTMLMediaElement;

describe('a picture', () => {
  test('is connecting until a frame is on glass, and live only while frames come', () => {
    const { kind, hear, showFrame, advance } = openPicture();
    hear({ kind: 'phase', phase: 'firstPicture' });
    advance(1_000);
    expect(kind()).toBe('connecting');
    showFrame();
    expect(kind()).toBe('live');
    advance(3_500);
    expect(kind()).toBe('stale');
    showFrame();
    expect(kind()).toBe('live');
  });

  test('keeps its last picture over the element as soon as it is not live, and takes it away with the first frame', () => {
    const { view, hear, showFrame, advance, canvas } = openPicture();
    showFrame();
    expect(canvas.dataset['shown']).toBe('false');
    advance(3_500);
    expect({ shown: canvas.dataset['shown'], has: view.state.getState().hasLastPicture }).toEqual({ shown: 'true', has: true });
    hear({ kind: 'ended', code: 'push.socketClosed' });
    advance(1_000);
    showFrame();
    expect(canvas.dataset['shown']).toBe('false');
  });

  test('opens a stream that ended again and again, ever more slowly, and at once after it was well for a while', () => {
    const { opened, hear, showFrame, advance } = openPicture();
    const waits: number[] = [];
    const endAndWait = () => {
      const before = opened.length;
      hear({ kind: 'ended', code: 'push.socketClosed' });
      let waitedMs = 0;
      for (; opened.length === before; waitedMs += 500) advance(500);
      waits.push(waitedMs);
    };
    for (let times = 0; times < 7; times += 1) endAndWait();
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 7_500, 7_500, 7_500]);
    for (let seconds = 0; seconds < 12; seconds += 1) {
      showFrame();
      advance(1_000);
    }
    endAndWait();
    expect(waits.at(-1)).toBe(500);
  });

  test('is opened anew when nothing is shown for long, but waits for a source that the gateway calls lost', () => {
    const silent = openPicture();
    silent.showFrame();
    silent.advance(12_000);
    expect(silent.opened.length).toBeGreaterThan(1);
    const lost = openPicture();
    lost.showFrame();
    lost.hear({ kind: 'source', source: { kind: 'lost', sinceMs: 1_000_000 } });
    lost.advance(12_000);
    expect({ opened: lost.opened.length, kind: lost.kind() }).toEqual({ opened: 1, kind: 'offline' });
  });

  test('says that it was refused, and asks again after half a minute because rights change', () => {
    const { kind, hear, advance, opened, showFrame } = openPicture();
    hear({ kind: 'refused', code: 'access.notAllowed' });
    expect(kind()).toBe('refused');
    advance(29_000);
    expect(opened).toHaveLength(1);
    advance(2_000);
    expect(opened).toHaveLength(2);
    hear({ kind: 'phase', phase: 'gateway' });
    showFrame();
    expect(kind()).toBe('live');
  });

  test('goes on connecting when the platform cannot answer now: that is no refusal', () => {
    const { kind, hear, advance, opened } = openPicture();
    hear({ kind: 'refused', code: 'bus.unreachable' });
    expect(kind()).toBe('connecting');
    advance(1_000);
    expect(opened).toHaveLength(2);
  });

  test('takes a last picture that is handed out again for no proof: offline stays offline', () => {
    const { kind, hear, advance, opened, canvas } = openPicture();
    const old = { kind: 'frame', pictureAtMs: 999_000, clock: 'arrival' } as const;
    hear({ ...old, shownAtMs: 1_000_000 });
    advance(60_000);
    hear({ ...old, shownAtMs: 1_060_000 });
    expect({ kind: kind(), isReopened: opened.length > 1, shown: canvas.dataset['shown'] }).toEqual({
      kind: 'offline',
      isReopened: true,
      shown: 'true',
    });
  });

  test('does not believe a player that it has closed', () => {
    const { kind, hear, advance, opened } = openPicture();
    const [first] = opened;
    hear({ kind: 'ended', code: 'push.socketClosed' });
    advance(1_000);
    first?.onEvidence({ kind: 'frame', shownAtMs: 1_001_000, pictureAtMs: 1_001_000, clock: 'arrival' });
    expect(kind()).toBe('connecting');
  });

  test('changes its rendition by opening it, with the last picture in place', () => {
    const { view, opened, showFrame, advance, canvas } = openPicture();
    showFrame();
    view.setQuality('main');
    expect(canvas.dataset['shown']).toBe('true');
    advance(500);
    expect(opened.map(({ quality, isClosed }) => ({ quality, isClosed }))).toEqual([
      { quality: 'sub', isClosed: true },
      { quality: 'main', isClosed: false },
    ]);
  });

  test('whose demo loop is still being drawn waits quietly, asks again by itself, and comes live when it is there', () => {
    const { view, opened, hear, advance, showFrame, kind } = openPicture();
    const phase = () => view.state.getState().phase;
    for (let asked = 1; asked < 8; asked += 1) {
      hear({ kind: 'phase', phase: 'grant' });
      hear({ kind: 'refused', code: 'cameras.beingDrawn' });
      advance(4_000);
      expect([kind(), phase(), opened.length]).toEqual(['connecting', 'drawing', asked + 1]);
    }
    hear({ kind: 'phase', phase: 'gateway' });
    expect(phase()).toBe('gateway');
    showFrame();
    expect(kind()).toBe('live');
  });
});
