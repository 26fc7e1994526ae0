import { expect, test } from 'vitest';
import type { ViewRequest } from '#contract/bridge/index.ts';
import type { Question } from '#contract/bus/index.ts';
import { granted, refused, type WindowId } from '#contract/values/index.ts';
import { createViewRights } from './viewRights.ts';

const windowId = 'w1' as WindowId;
const views = ['a', 'b', 'c'].map(
  (cameraId) => ({ cameraId, quality: 'sub', purpose: { kind: 'patrol', reference: null }, tile: 'D/0' }) as ViewRequest,
);
const grantFor = (cameraId: string) => ({
  ...{ cameraId, quality: 'sub', token: 'x'.repeat(40), expiresAtMs: 1_800_000_000_000 },
  ...{ pushUrl: 'ws://gateway/push', hlsUrl: 'http://gateway/hls' },
});
const right = (cameraId: string) => (cameraId === 'b' ? refused('cameras.masked', { cameraId }) : granted(grantFor(cameraId)));

/** A platform that knows batches, or one of the version before, to which such a question is unreadable. */
function open(platform: { version: 'now' | 'before' | 'away' }) {
  const asked: string[] = [];
  const line = { sinceMs: 1 };
  const ask = async (question: Question): Promise<unknown> => {
    asked.push(question.type);
    if (platform.version === 'away') return null;
    if (question.type === 'cameras.openView') return right(question.cameraId);
    if (question.type !== 'cameras.openViews' || platform.version === 'before') return refused('bus.badMessage');
    return granted(question.views.map(({ cameraId }) => right(cameraId)));
  };
  const rights = createViewRights({ link: { ask, status: () => line as never } });
  return { rights, asked, line };
}

const expected = [granted(grantFor('a')), refused('cameras.masked', { cameraId: 'b' }), granted(grantFor('c'))];

test('the rights of a window are one question, and one that is refused leaves the others as they are', async () => {
  const { rights, asked } = open({ version: 'now' });
  expect([await rights.open({ views, windowId }), asked]).toEqual([expected, ['cameras.openViews']]);
});

test('a platform of the version before is tried once per connection, by one window for all, and then asked view by view', async () => {
  const platform: Parameters<typeof open>[0] = { version: 'before' };
  const { rights, asked, line } = open(platform);
  const both = await Promise.all([rights.open({ views, windowId }), rights.open({ views, windowId })]);
  await rights.open({ views, windowId });
  const batches = () => asked.filter((type) => type === 'cameras.openViews').length;
  expect([both, batches(), asked.length]).toEqual([[expected, expected], 1, 10]);
  platform.version = 'now';
  line.sinceMs = 2;
  expect([await rights.open({ views, windowId }), batches(), asked.length]).toEqual([expected, 2, 11]);
});

test('a platform that is away says so for each view', async () => {
  const { rights, asked } = open({ version: 'away' });
  const away = views.map(() => refused('bus.unreachable'));
  expect([await rights.open({ views, windowId }), asked.length]).toEqual([away, 1]);
});
