import { expect, test } from 'vitest';
import { protocolVersion } from '#contract/bus/index.ts';
import type { LinkListener } from '#contract/link/index.ts';
import type { DeskId } from '#contract/values/index.ts';
import { sha256 } from '#main/machine/index.ts';
import { createHandPorts } from '#platform/record/testing/handPorts.ts';
import { createDeskDisk, openLinkDesk } from '../builders/linkDesk.ts';

/** A desk on a wire that the test speaks on. */
async function openOnWire() {
  const { clock, timers } = createHandPorts();
  const wire: { listener: LinkListener | null; closed: number; acknowledged: number } = { listener: null, closed: 0, acknowledged: 0 };
  const transport = {
    connect: ({ listener }: { listener: LinkListener }) => {
      wire.listener = listener;
      return { request: () => new Promise<unknown>(() => {}), close: () => void (wire.closed += 1) };
    },
  };
  const handshake = { protocolVersion, deskId: 'd1' as DeskId, deviceKey: 'k'.repeat(43) };
  await openLinkDesk({ place: { transport, clock, timers, randomness: () => 0, sha256 }, handshake, disk: createDeskDisk() });
  const say = (event: string, body: unknown) => wire.listener?.onMessage({ event, body, acknowledge: () => void (wire.acknowledged += 1) });
  return { wire, say };
}

test('what a newer platform says beside the known events is acknowledged and ignored, however often', async () => {
  const { wire, say } = await openOnWire();
  for (let minute = 0; minute < 10; minute += 1) say('somethingNew', { minute });
  expect([wire.closed, wire.acknowledged]).toEqual([0, 10]);
});

test('a known event that cannot be read still costs the connection after three', async () => {
  const { wire, say } = await openOnWire();
  for (let time = 0; time < 3; time += 1) say('signedHeads', { atMs: 'now' });
  expect([wire.closed, wire.acknowledged]).toEqual([1, 0]);
});
