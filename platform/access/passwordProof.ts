import type { LoginRequest } from '#contract/access/index.ts';
import { type Clock, granted, type PersonId, type Result, refused } from '#contract/values/index.ts';
import type { Log } from '../ports.ts';
import type { StoredPerson } from '../record/index.ts';
import type { AccessLedger } from './ledger.ts';
import { createLockout } from './lockout.ts';
import type { Passwords } from './passwords.ts';

/** Who somebody proves to be. Refusals are on the record, wherever a password is asked. */
export type ProvenBy = (claim: LoginRequest & { address: string }) => Promise<Result<StoredPerson>>;

/** Checks passwords: wrong ones count per account and address, unknown accounts take as long as wrong ones. */
export async function createPasswordProof({
  people,
  passwords,
  ledger,
  clock,
  log,
  nobodysPassword,
}: {
  people: ReadonlyMap<PersonId, StoredPerson>;
  passwords: Passwords;
  ledger: AccessLedger;
  clock: Clock;
  log: Log;
  nobodysPassword: string;
}): Promise<ProvenBy> {
  const lockout = createLockout({ clock });
  // Checked against when the account does not exist, so that both take equally long.
  const nobodysHash = await passwords.hash(nobodysPassword);

  async function provenBy({ account, password, address }: LoginRequest & { address: string }): Promise<Result<StoredPerson>> {
    const place = { account, address };
    const waitS = lockout.waitS(place);
    if (waitS > 0) return refused('access.tooManyTries', { waitS });
    // Before the password is looked at: nobody tries passwords where no try is written down.
    if (!(await ledger.isWritable())) return refused('bus.notRecorded');
    const person = [...people.values()].find((known) => known.account === account && !known.isDisabled);
    const isRight = await passwords.verify(password, person?.passwordHash ?? nobodysHash);
    // The account may have been changed while its password was being checked: then the password was the old one.
    if (person === undefined || !isRight || people.get(person.personId) !== person) {
      lockout.wrong(place);
      log.warn({ account: account.slice(0, 64), address }, 'a password was refused');
      return refused('access.wrongPassword');
    }
    lockout.right(place);
    return granted(person);
  }

  return async (claim) => {
    const proven = await provenBy(claim);
    if (proven.ok) return proven;
    const isTold = await ledger.loginRefused({ account: claim.account, code: proven.refusal.code });
    return isTold ? proven : refused('bus.notRecorded');
  };
}
