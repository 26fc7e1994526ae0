import { describe, expect, test } from 'vitest';
import type { PlayerEvidence } from '../players/index.ts';
import { openPicture } from './testing/openPicture.ts';

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
    const { hear, showFrame, advance, canvas } = openPicture();
    showFrame();
    expect(canvas.dataset['shown']).toBe('false');
    advance(3_500);
    expect({ shown: canvas.dataset['shown'], has: canvas.width > 1 }).toEqual({ shown: 'true', has: true });
    hear({ kind: 'ended', code: 'push.socketClosed' });
    advance(1_000);
    showFrame();
    expect(canvas.dataset['shown']).toBe('false');
  });

  test('shows what flows again by itself, without being opened anew: no still is left over a stream that lives', () => {
    const { opened, showFrame, advance, canvas, kind, hear, nowMs } = openPicture();
    showFrame();
    advance(3_500);
    expect([kind(), canvas.dataset['shown']]).toEqual(['stale', 'true']);
    showFrame();
    expect([kind(), canvas.dataset['shown'], opened.length]).toEqual(['live', 'false', 1]);
    // An unmoving picture is what comes now, not what came last.
    hear({ kind: 'source', source: { kind: 'unmoving', sinceMs: nowMs() } });
    expect([kind(), canvas.dataset['shown']]).toEqual(['unmoving', 'false']);
    hear({ kind: 'source', source: { kind: 'flowing' } });
    expect([kind(), canvas.dataset['shown']]).toEqual(['live', 'false']);
  });

  test('shows no older still than the one before it stopped: what was kept is gone when it flows again', () => {
    const { showFrame, advance, canvas } = openPicture();
    const now = () => canvas.width > 1;
    showFrame();
    advance(3_500);
    const stopped = now();
    showFrame();
    const flowing = now();
    advance(3_500);
    expect([stopped, flowing, now()]).toEqual([true, false, true]);
  });

  test('keeps nothing of a picture that is shown otherwise from now on, and opens the other one at once', () => {
    const { opened, hear, showFrame, advance, canvas } = openPicture();
    showFrame();
    advance(3_500);
    const now = () => [canvas.width > 1, opened.length];
    const before = now();
    hear({ kind: 'ended', code: 'cameras.renditionChanged' });
    advance(500);
    expect([before, now()]).toEqual([
      [true, 1],
      [false, 2],
    ]);
  });

  test('that is shown otherwise is connecting until a frame of that is on glass, however old: no empty element says live', () => {
    const { hear, showFrame, kind, nowMs } = openPicture();
    showFrame();
    hear({ kind: 'ended', code: 'cameras.renditionChanged' });
    expect(kind()).toBe('connecting');
    hear({ kind: 'frame', shownAtMs: nowMs(), pictureAtMs: nowMs() - 3_000, clock: 'arrival' });
    expect(kind()).toBe('live');
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
    lost.recordLost(1_005_000);
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
    const { kind, hear, advance, opened, canvas, recordLost } = openPicture();
    recordLost(1_005_000);
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

describe('what a picture says of its camera', () => {
  const flowing: PlayerEvidence = { kind: 'source', source: { kind: 'flowing' } };
  const troubles: readonly (readonly [what: string, told: readonly PlayerEvidence[], kind: string])[] = [
    [
      'a window that is too slow to show what flows',
      [{ kind: 'phase', phase: 'gateway' }, flowing, { kind: 'phase', phase: 'firstPicture' }],
      'connecting',
    ],
    ['a right that does not come', [{ kind: 'phase', phase: 'grant' }], 'connecting'],
    ['a platform that cannot answer', [{ kind: 'refused', code: 'bus.unreachable' }], 'connecting'],
    ['a gateway that is full', [{ kind: 'refused', code: 'cameras.gatewayFull' }], 'connecting'],
    [
      'a line that ends again and again',
      [
        { kind: 'phase', phase: 'gateway' },
        { kind: 'ended', code: 'push.socketClosed' },
      ],
      'connecting',
    ],
    [
      'a playlist that does not come',
      [
        { kind: 'phase', phase: 'gateway' },
        { kind: 'ended', code: 'hls.manifestLoadTimeOut' },
      ],
      'connecting',
    ],
    ['pictures that this window cannot decode', [flowing, { kind: 'ended', code: 'push.undecodable' }], 'connecting'],
    ['one of its two streams that is lost', [{ kind: 'source', source: { kind: 'lost', sinceMs: 1_000_000 } }], 'connecting'],
  ];

  test.each(troubles)('is nothing while the record says nothing: %s', (...[, told, kind]) => {
    for (const isSeen of [false, true]) {
      const picture = openPicture();
      if (isSeen) picture.showFrame();
      const said = new Set<string>();
      for (let tries = 0; tries < 60; tries += 1) {
        for (const each of told) picture.hear(each);
        picture.advance(1_000);
        said.add(picture.kind());
      }
      expect([picture.kind(), said.has('offline'), picture.opened.length > 1]).toEqual([isSeen ? 'stale' : kind, false, true]);
    }
  });

  test('is that it is gone as soon as the record says so to everybody, and no longer than the record does', () => {
    const { kind, recordLost, advance, showFrame } = openPicture();
    advance(30_000);
    const said = [kind()];
    recordLost(1_020_000);
    advance(500);
    said.push(kind());
    recordLost(null);
    advance(500);
    said.push(kind());
    showFrame();
    expect([...said, kind()]).toEqual(['connecting', 'offline', 'connecting', 'live']);
  });
});

describe('the rendition of a picture', () => {
  test('is opened beside the old one, which stays on glass until a frame of the new one is proven', async () => {
    const { view, showFrame, ways, canvas, inUse, hear, nowMs } = openPicture();
    showFrame();
    view.setQuality('main');
    await Promise.resolve();
    expect(ways()).toEqual(['sub push', 'main push']);
    // The beginning of a group of pictures that lies further back than what is shown: no proof.
    hear({ kind: 'frame', shownAtMs: nowMs(), pictureAtMs: nowMs() - 4_000, clock: 'arrival' });
    expect(ways()).toEqual(['sub push', 'main push']);
    showFrame();
    expect(ways()).toEqual(['sub push closed', 'main push']);
    expect({ isCovered: canvas.dataset['shown'], inUse: inUse(), rung: view.state.getState().rung.quality }).toEqual({
      isCovered: 'false',
      inUse: 1,
      rung: 'main',
    });
  });

  test('is given up without harm when it is not wanted any more', async () => {
    const { view, showFrame, ways, inUse } = openPicture();
    showFrame();
    view.setQuality('main');
    await Promise.resolve();
    view.setQuality('sub');
    expect(ways()).toEqual(['sub push', 'main push closed']);
    expect(inUse()).toBe(1);
  });

  test('is changed in the one element, with the old picture held and marked, when there is no decoder for two', async () => {
    const { view, showFrame, advance, ways, canvas } = openPicture({ decoders: 1 });
    showFrame();
    view.setQuality('main');
    await Promise.resolve();
    expect({ isHeld: view.state.getState().isHeld, isCovered: canvas.dataset['shown'] }).toEqual({ isHeld: true, isCovered: 'true' });
    advance(500);
    expect(ways()).toEqual(['sub push closed', 'main push']);
    showFrame();
    expect({ isHeld: view.state.getState().isHeld, isCovered: canvas.dataset['shown'] }).toEqual({ isHeld: false, isCovered: 'false' });
  });

  test('that never comes leaves the old picture alone, and is tried again', async () => {
    const { view, opened, playFor, ways, kind } = openPicture();
    playFor(1_000);
    view.setQuality('main');
    await Promise.resolve();
    playFor(11_000);
    await Promise.resolve();
    expect(ways().slice(0, 2)).toEqual(['sub push', 'main push closed']);
    playFor(2_000);
    await Promise.resolve();
    expect(opened.length).toBeGreaterThan(2);
    expect(kind()).toBe('live');
  });
});

describe('the way a picture is played', () => {
  test('goes to HLS when the socket does not come although the right was given, and back when that fails too', () => {
    const { hear, advance, ways, view } = openPicture();
    const failAtGateway = (code: string) => {
      hear({ kind: 'phase', phase: 'gateway' });
      hear({ kind: 'ended', code });
      advance(16_000);
    };
    for (let times = 0; times < 3; times += 1) failAtGateway('push.socketClosed');
    expect(ways().at(-1)).toBe('sub hls');
    expect(view.state.getState().reason).toBe('unreached');
    for (let times = 0; times < 3; times += 1) failAtGateway('hls.manifestLoadError');
    expect(ways().at(-1)).toBe('sub push');
  });

  test('is opened soon when the platform is back, however long it had to wait until then', () => {
    const { hear, advance, opened, comeBack } = openPicture();
    for (let times = 0; times < 6; times += 1) {
      hear({ kind: 'refused', code: 'bus.unreachable' });
      if (times < 5) advance(16_000);
    }
    const before = opened.length;
    advance(1_000);
    expect(opened).toHaveLength(before);
    comeBack();
    advance(500);
    expect(opened).toHaveLength(before + 1);
    // One that plays is left alone.
    comeBack();
    advance(5_000);
    expect(opened).toHaveLength(before + 1);
  });

  test('stays when the platform itself is away: that is no fault of the way', () => {
    const { hear, advance, ways } = openPicture();
    for (let times = 0; times < 6; times += 1) {
      hear({ kind: 'ended', code: 'push.socketClosed' });
      advance(16_000);
      hear({ kind: 'refused', code: 'bus.unreachable' });
      advance(16_000);
    }
    expect(ways().every((way) => way.startsWith('sub push'))).toBe(true);
  });

  test('goes down to the small picture when the line starves, says so, and up again after clean minutes', async () => {
    const { playFor, arrive, advance, ways, view, nowMs } = openPicture({ quality: 'main' });
    playFor(1_000);
    arrive([nowMs() - 9_000, nowMs() - 9_000]);
    advance(3_000);
    expect(ways()).toEqual(['main push closed', 'sub push']);
    expect(view.state.getState()).toMatchObject({ reason: 'lineSlow', isLowered: true, isHeld: true });
    arrive([]);
    playFor(125_000);
    await Promise.resolve();
    expect(ways()).toEqual(['main push closed', 'sub push', 'main push']);
  });
});
