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
  const rights = { isAllowed: true };
  const grants: MediaGrants = {
    redeem: () => null,
    isStillAllowed: () => rights.isAllowed,
    viewOpened: async ({ grantId }) => {
      told.push(`opened ${grantId}`);
      return true;
    },
    viewClosed: ({ grantId }, why) => void told.push(`closed ${grantId} ${why}`),
    onRightsChanged: () => () => {},
  };
  return { ...hand, told, rights, views: createHlsViews({ grants, timers: hand.timers, limits: gatewayLimits }) };
}

test('a window that renews its grants looks once, until it asks for nothing any more', () => {
  const { views, told, advanceMs } = open();
  for (let number = 1; number <= 4; number += 1) {
    views.looked(grantOf(number));
    advanceMs(gatewayLimits.hlsViewerMs - 1);
  }
  const before = [...told];
  advanceMs(1);
  expect([before, told]).toEqual([['opened g1'], ['opened g1', 'closed g1 closed']]);
});

test('two windows at one camera are two looks, and a closing gateway ends both', () => {
  const { views, told } = open();
  views.looked(grantOf(1));
  views.looked(grantOf(2, 'w2'));
  views.close();
  views.close();
  expect(told).toEqual(['opened g1', 'opened g2', 'closed g1 closed', 'closed g2 closed']);
});

test('a look that ends because its right did says so', () => {
  const { views, told, rights, advanceMs } = open();
  views.looked(grantOf(1));
  rights.isAllowed = false;
  advanceMs(gatewayLimits.hlsViewerMs);
  expect(told.at(-1)).toBe('closed g1 rightEnded');
});
