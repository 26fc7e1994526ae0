import type { CommandMessage } from '#contract/bus/index.ts';
import type { DeskId, PersonId } from '#contract/values/index.ts';
import { type Particulars, sha256 } from '../record/index.ts';

/**
 * What tells a repeated command from another one under the same id; it stays in the receipt for days. The session is left out on purpose: its
 * person may send the same command again after a new log-in. Of words that may name people only a keyed hash goes in: nobody can try words out.
 */
export function commandBodyHash({
  deskId,
  personId,
  message: { deskSeq, askedAtMs, command },
  particulars,
}: {
  deskId: DeskId;
  personId: PersonId;
  message: CommandMessage;
  particulars: Pick<Particulars, 'keyedHash'>;
}): string {
  const note = command.type === 'cameras.reportFault' ? command.note : undefined;
  const body = note === undefined ? command : { ...command, note: particulars.keyedHash(note) };
  return sha256(JSON.stringify([deskId, personId, deskSeq, askedAtMs, body]));
}
