import type { FeedFact } from '#contract/record/index.ts';

/** A command as the pump of the bus benchmark sends it, to either side. */
export type PumpedCommand = { readonly commandId: string; readonly command: { readonly type: string; readonly cameraId: string } };

/** What a plain server tells its clients of a command: the same fields and lengths as the platform's fact, with nothing behind them. */
export function plainFact({ commandId, command }: PumpedCommand, seq: number): { readonly facts: readonly object[] } {
  const isReport = command.type === 'cameras.reportFault';
  const payload = JSON.stringify({ cameraId: command.cameraId, version: seq, ...(isReport ? { fault: 'blurred' } : {}) });
  const fact = {
    countyId: 'county',
    type: isReport ? 'cameras.faultReported' : 'cameras.faultCleared',
    v: 1,
    atMs: Date.now(),
    actor: 'person/01938f2a-7c1e-7000-8000-000000000000',
    commandId,
    subject: `camera/${command.cameraId}`,
    payload,
  };
  const told = { feed: 'county/county', epoch: '01938f2a-7c1e-7000-8000-000000000000', seq, hash: 'a'.repeat(64), fact };
  return { facts: [told as unknown as FeedFact] };
}
