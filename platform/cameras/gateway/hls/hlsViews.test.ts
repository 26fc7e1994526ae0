import { expect, test } from 'vitest';
import type { CameraId, WindowId } from '#contract/values/index.ts';
import type { MediaGrants, OpenedGrant } from '#platform/cameras/ports.ts';
import { gatewayLimits } from '../limits.ts';
import { createHandTimers } from '../testing/handTimers.ts';
import { createHlsViews } from './hlsViews.ts';

const grantOf = (number: number, windowId = 'w1'): OpenedGrant => ({
  cameraId: 'al-1' as CameraId,
  quality: 'sub',
  windowId: windowId as WindowId,
  grantId: `g${number}`,
});

function open() {
  const hand = createHandTimers();
  const told: string[] = [];
  const rights = { isAllowed: true, forgotten: '' };
  const audit = { isWritable: true };
  const grants: MediaGrants = {
    redeem: () => null,
    isStillAllowed: ({ grantId }) => rights.isAllowed && grantId !== rights.forgotten,
    viewOpened: async ({ grantId }) => {
      if (audit.isWritable) told.push(`opened ${grantId}`);
      return audit.isWritable;
    },
    viewClosed: ({ grantId }, why) => void told.push(`closed ${grantId} ${why}`),
    onRightsChanged: () => () => {},
  };
  return { ...hand, told, rights, audit, views: createHlsViews({ grants, timers: hand.timers, limits: gatewayLimits }) };
}

test('a window that renews its grants looks once, until it asks for nothing any more', async () => {
  const { views, told, advanceMs } = open();
  for (let number = 1; number <= 4; number += 1) {
    await views.looked(grantOf(number));
    advanceMs(gatewayLimits.hlsViewerMs - 1);
  }
  const before = [...told];
  advanceMs(1);
  await Promise.resolve();
  expect([before, told]).toEqual([['opened g1'], ['opened g1', 'closed g1 closed']]);
});

test('two windows at one camera are two looks, and a closing gateway ends both', async () => {
  const { views, told } = open();
  await views.looked(grantOf(1));
  await views.looked(grantOf(2, 'w2'));
  views.close();
  views.close();
  await Promise.resolve();
  expect(told).toEqual(['opened g1', 'opened g2', 'closed g1 closed', 'closed g2 closed']);
});

test('a look that ends because its right did says so', async () => {
  const { views, told, rights, advanceMs } = open();
  await views.looked(grantOf(1));
  rights.isAllowed = false;
  advanceMs(gatewayLimits.hlsViewerMs);
  await Promise.resolve();
  expect(told.at(-1)).toBe('closed g1 rightEnded');
});

test('a look ends at the moment that its right does, and what another right shows to the same window is another look', async () => {
  const { views, told, rights } = open();
  await views.looked(grantOf(1));
  views.recheck();
  rights.isAllowed = false;
  views.recheck();
  await Promise.resolve();
  rights.isAllowed = true;
  await views.looked(grantOf(2));
  expect(told).toEqual(['opened g1', 'closed g1 rightEnded', 'opened g2']);
});

test('a look of many renewed rights that ends by itself was closed, though nobody remembers its first right', async () => {
  const { views, told, rights, advanceMs } = open();
  await views.looked(grantOf(1));
  await views.looked(grantOf(2));
  rights.forgotten = 'g1';
  views.recheck();
  advanceMs(gatewayLimits.hlsViewerMs);
  await Promise.resolve();
  expect(told).toEqual(['opened g1', 'closed g1 closed']);
});

test('a look that cannot be written down is refused each time it is tried, until it can be', async () => {
  const { views, told, audit } = open();
  audit.isWritable = false;
  const refused = [await views.looked(grantOf(1)), await views.looked(grantOf(1))];
  audit.isWritable = true;
  expect([refused, await views.looked(grantOf(1)), told]).toEqual([[false, false], true, ['opened g1']]);
});
