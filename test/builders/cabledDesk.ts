import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { createApp } from '#main/app.ts';
import { machineClock, machineRandomness, machineTimers } from '#main/machine/index.ts';
import { createBridgePages } from '../fakes/bridgePage.ts';
import { presentDisplay } from '../fakes/fakeRoom.ts';
import { createFakeShell, createMemorySecrets } from '../fakes/fakeShell.ts';
import { openCable } from './cable.ts';
import { openTestPlatform } from './platform.ts';

/** A workstation and its platform, with the cable between them; its rooms are opened one after the other on one folder. */
export type CabledDesk = Awaited<ReturnType<typeof openCabledDesk>>;

/** One room of it: what its console and its one wall are told, and what a person does there. */
export type CabledRoom = Awaited<ReturnType<CabledDesk['openRoom']>>;

/** Opens platform and cable. */
export async function openCabledDesk() {
  await using opening = new AsyncDisposableStack();
  const dataDir = await mkdtemp(path.join(tmpdir(), 'room-'));
  opening.defer(() => rm(dataDir, { recursive: true }));
  /** How far each clock is ahead of the truth, ms. */
  const aheadMs = { desk: 0, platform: 0 };
  const platform = await openTestPlatform({ clock: { nowMs: () => Date.now() + aheadMs.platform } });
  opening.defer(() => platform.close());
  const cable = await openCable(platform.url);
  opening.defer(() => cable.close());
  const secrets = createMemorySecrets();
  const clock = { nowMs: () => machineClock.nowMs() + aheadMs.desk };
  const log = pino({ level: process.env['TEST_LOG'] ?? 'silent' });
  const machine = { clock, timers: machineTimers, randomness: machineRandomness, log };
  const closers = opening.move();

  /** `demoLogin`: who is logged in by himself; null = nobody. */
  const openRoom = async ({ demoLogin }: { demoLogin: string | null }) => {
    const pages = createBridgePages();
    const { shell } = createFakeShell({ displays: [presentDisplay({ key: 'DP-1' })], page: pages.page, secrets });
    const app = await createApp({ shell, dataDir, platformUrl: cable.url, language: 'zh', demoLogin, ...machine });
    closers.defer(() => app.close());
    await pages.until(() => pages.newest('console') !== undefined && pages.newest('wall', 'DP-1') !== undefined);
    const page = () => pages.newest('console')!;
    const room = () => page().room();
    const isReady = () => room().link.kind === 'live' && room().person !== null && room().continuity.feeds.length > 0;
    return {
      ...{ app, page, room, isReady, until: pages.until },
      wallRoom: () => pages.newest('wall', 'DP-1')!.room(),
      /** What became of its commands, in their order. */
      settled: () => page().events.flatMap((event) => (event.kind === 'commandSettled' ? [event.refusal?.code ?? 'done'] : [])),
      logIn: async (account: string) => {
        const answer = await page().main.login({ account, password: `${account}-demo` });
        await pages.until(() => room().person !== null);
        return answer.ok;
      },
      /** Pulls the cable, and waits until the room knows. */
      loseLine: async () => {
        cable.pull();
        await pages.until(() => room().link.kind !== 'live');
      },
    };
  };
  return {
    ...{ platform, cable, aheadMs, clock, openRoom },
    /** The duty officer's room, with a line. */
    openReady: async () => {
      const room = await openRoom({ demoLogin: 'duty' });
      await room.until(room.isReady);
      return room;
    },
    close: () => closers.disposeAsync(),
  };
}
