import type { Fact } from '#contract/record/index.ts';

/** A desk fact with its number, counted from 1 for ever. */
export type NumberedFact = { readonly seq: number; readonly fact: Fact };

/** A shipment stays below the 64 KiB of a message to the platform even where every character takes three bytes. Unit: UTF-16 units of JSON text. */
export const shipmentLimits = { facts: 500, textLength: 20_000 } as const;

/**
 * How much of the waiting desk facts goes into one message: in order, without a hole, at least one. A hole (the owner no longer has
 * what the platform asks for) gives an empty shipment: nothing is sent out of order.
 */
export function nextShipment({ settledSeq, facts }: { settledSeq: number; facts: readonly NumberedFact[] }): readonly NumberedFact[] {
  const shipment: NumberedFact[] = [];
  let textLength = 0;
  for (const numbered of facts) {
    if (numbered.seq !== settledSeq + shipment.length + 1) break;
    textLength += JSON.stringify(numbered).length;
    if (shipment.length > 0 && (textLength > shipmentLimits.textLength || shipment.length >= shipmentLimits.facts)) break;
    shipment.push(numbered);
  }
  return shipment;
}
