import { describe, expect, test } from 'vitest';
import { openPicture } from './testing/openPicture.ts';

describe('a picture whose masks are lifted', () => {
  test('says until when masks are lifted as its right does, and no longer than its picture is that one', async () => {
    const { view, right, hear, showFrame, advance } = openPicture();
    const lifted = () => view.state.getState().liftedUntilMs;
    const change = async (liftedUntilMs?: number) => {
      delete right.liftedUntilMs;
      if (liftedUntilMs !== undefined) right.liftedUntilMs = liftedUntilMs;
      hear({ kind: 'ended', code: 'cameras.renditionChanged' });
      const atOnce = lifted();
      advance(500);
      await new Promise((done) => setImmediate(done));
      showFrame();
      return [atOnce, lifted()];
    };
    showFrame();
    expect([lifted(), await change(1_300_000), await change()]).toEqual([null, [null, 1_300_000], [null, null]]);
  });

  test('keeps nothing of a lifted picture beyond the lift, also where the line is gone and nobody says that it is over', async () => {
    const { view, right, opened, showFrame, advance, canvas, kind } = openPicture();
    right.liftedUntilMs = 1_010_000;
    opened.at(-1)?.onEvidence({ kind: 'ended', code: 'cameras.renditionChanged' });
    await new Promise((done) => setImmediate(done));
    showFrame();
    advance(9_500);
    const now = () => [kind(), canvas.width > 1, view.state.getState().liftedUntilMs];
    const before = [...now(), opened.length];
    delete right.liftedUntilMs;
    advance(1_000);
    await new Promise((done) => setImmediate(done));
    expect([before, [...now(), opened.length]]).toEqual([
      ['stale', true, 1_010_000, 2],
      ['connecting', false, null, 3],
    ]);
  });
});
