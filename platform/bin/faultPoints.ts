import { z } from 'zod';
import type { Log } from '../ports.ts';
import type { RecordStore } from '../record/index.ts';

/** Where a test may end the process, and how softly it may write. Read from the environment, so that no command line offers it. */
const FaultPoints = z.object({
  COMMANDWALL_TEST_STOP_AT: z.enum(['beforeCommit', 'afterCommit', 'beforeEvidence']).optional(),
  COMMANDWALL_TEST_SYNCHRONOUS: z.literal('NORMAL').optional(),
});

/** What the durability tests ask of the process; in earnest both are absent. */
export type FaultPoints = {
  readonly stopAt: 'beforeCommit' | 'afterCommit' | 'beforeEvidence' | null;
  readonly synchronous: 'FULL' | 'NORMAL';
};

/** Reads the fault points; says loudly when one is set. Throws when one is set to what it cannot mean. */
export function readFaultPoints({ env, log }: { env: NodeJS.ProcessEnv; log: Log }): FaultPoints {
  const asked = FaultPoints.parse(env);
  const points: FaultPoints = { stopAt: asked.COMMANDWALL_TEST_STOP_AT ?? null, synchronous: asked.COMMANDWALL_TEST_SYNCHRONOUS ?? 'FULL' };
  if (points.stopAt !== null || points.synchronous !== 'FULL') log.warn(points, 'this platform runs with a test’s fault points');
  return points;
}

/**
 * A store whose process ends, as by kill -9, at the first commit of a command: before anything of it is written, or after it is on the
 * disk and before anybody is told. `beforeEvidence`: at the first commit that a kept picture belongs to, when that lies in the store already.
 */
export function stoppingStore({
  store,
  stopAt,
  stop,
}: {
  store: RecordStore;
  stopAt: FaultPoints['stopAt'];
  stop: () => void;
}): RecordStore {
  if (stopAt === null) return store;
  return {
    ...store,
    async commit(batch) {
      const isOfCommand = batch.receipts.length > 0;
      const isOfPicture = batch.facts.some(({ fact }) => fact.type === 'evidence.taken');
      if (stopAt === 'beforeEvidence' ? !isOfPicture : !isOfCommand) return await store.commit(batch);
      if (stopAt !== 'afterCommit') stop();
      await store.commit(batch);
      stop();
    },
  };
}
