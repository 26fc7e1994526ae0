import { ShipReply } from '#contract/bus/index.ts';
import type { DeskFactSource, LinkLog } from './ports.ts';
import { createPump } from './pump.ts';
import { nextShipment, shipmentLimits } from './shipment.ts';

/** What the shipper of desk facts is made of. */
export type ShipperPorts = {
  readonly source: DeskFactSource;
  readonly log: LinkLog;
  /** One message and its reply; null when there is no connection, or none any more. */
  readonly request: (event: 'ship', message: object) => Promise<unknown>;
  readonly onProgress: () => void;
};

/** The shipping half: see `createShipper`. */
export type Shipper = ReturnType<typeof createShipper>;

/** Ships the facts of the desk's own walls in order. The platform says up to where it has them; that is where the next shipment starts. */
export function createShipper({ source, log, request, onProgress }: ShipperPorts) {
  // Null until the platform has said it on this connection; then the owner's own mark is where to start.
  let told: number | null = null;
  const ship = createPump(shipAll, (error) => log.error({ err: error }, 'shipping wall facts failed'));
  // After a refusal or a hole: more of the same would not help; the next connection tries again.
  let isStopped = true;

  /** A connection is there. */
  function start(): void {
    told = null;
    isStopped = false;
    ship();
  }

  /** The last fact that the platform had is told once more on each connection: a record that was set back says so, and gets the rest again. */
  function startSeq(): number {
    const settledSeq = source.settledSeq();
    const [last] = source.after({ seq: settledSeq - 1, limit: 1 });
    return last?.seq === settledSeq ? settledSeq - 1 : settledSeq;
  }

  async function shipAll(): Promise<void> {
    while (!isStopped) {
      const settledSeq = told ?? startSeq();
      const waiting = source.after({ seq: settledSeq, limit: shipmentLimits.facts });
      if (waiting.length === 0) return;
      const facts = nextShipment({ settledSeq, facts: waiting });
      if (facts.length === 0)
        return stop({ settledSeq, oldest: waiting[0]?.seq }, 'the platform asks for wall facts that this desk no longer has');
      const answer = await request('ship', { facts });
      if (answer === null) return;
      takeReply(answer, settledSeq);
    }
  }

  function takeReply(answer: unknown, before: number): void {
    const reply = ShipReply.safeParse(answer);
    if (!reply.success) return stop({}, 'the reply to a shipment is unreadable');
    const settledSeq = reply.data.ok ? reply.data.settledSeq : missingFrom(reply.data.refusal) - 1;
    if (Number.isNaN(settledSeq)) return stop({ reply: reply.data }, 'the platform refuses wall facts');
    if (settledSeq === before) return stop({ settledSeq }, 'a shipment did not get on');
    if (settledSeq < before) log.error({ had: before, has: settledSeq }, 'the platform lost wall facts: they are told again');
    told = settledSeq;
    if (settledSeq !== source.settledSeq()) source.settled(settledSeq);
    onProgress();
  }

  function stop(fields: object, why: string): void {
    isStopped = true;
    log.error(fields, why);
  }

  return {
    start,
    ship,
    disconnected: () => {
      isStopped = true;
    },
  };
}

/** A platform that lacks earlier facts says from where (`bus.missingFacts`). Every other refusal: NaN. */
function missingFrom({ code, params }: { code: string; params?: Record<string, string | number> | undefined }): number {
  return code === 'bus.missingFacts' ? Number(params?.missingFrom ?? Number.NaN) : Number.NaN;
}
