import { ShipReply } from '#contract/bus/index.ts';
import type { DeskFactSource, LinkLog } from './ports.ts';
import { createPump } from './pump.ts';
import { nextShipment, shipmentLimits } from './shipment.ts';

export type ShipperPorts = {
  readonly source: DeskFactSource;
  readonly log: LinkLog;
  /** One message and its reply; null when there is no connection, or none any more. */
  readonly request: (event: 'ship', message: object) => Promise<unknown>;
  readonly onProgress: () => void;
};

export type Shipper = ReturnType<typeof createShipper>;

/** Ships the facts of the desk's own walls in order. The platform says up to where it has them; that is where the next shipment starts. */
export function createShipper({ source, log, request, onProgress }: ShipperPorts) {
  let settledSeq = 0;
  const ship = createPump(shipAll, (error) => log.error({ err: error }, 'shipping wall facts failed'));
  // After a refusal or a hole: more of the same would not help; the next connection tries again.
  let isStopped = true;

  /** A connection is there; `from` is the last place that the platform is known to have. */
  function start({ from }: { from: number }): void {
    settledSeq = from;
    isStopped = false;
    ship();
  }

  async function shipAll(): Promise<void> {
    while (!isStopped) {
      const waiting = source.after({ seq: settledSeq, limit: shipmentLimits.facts });
      if (waiting.length === 0) return;
      const facts = nextShipment({ settledSeq, facts: waiting });
      if (facts.length === 0)
        return stop({ settledSeq, oldest: waiting[0]?.seq }, 'the platform asks for wall facts that this desk no longer has');
      const answer = await request('ship', { facts });
      if (answer === null) return;
      const reply = ShipReply.safeParse(answer);
      if (!reply.success) return stop({}, 'the reply to a shipment is unreadable');
      if (!reply.data.ok) return stop({ refusal: reply.data.refusal }, 'the platform refuses wall facts');
      if (reply.data.settledSeq < settledSeq) log.error({ had: settledSeq, has: reply.data.settledSeq }, 'the platform lost wall facts');
      else if (reply.data.settledSeq === settledSeq) return stop({ settledSeq }, 'a shipment did not get on');
      settledSeq = reply.data.settledSeq;
      source.settled(settledSeq);
      onProgress();
    }
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
