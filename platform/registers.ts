import type { RecordVerified } from '#contract/audit/index.ts';
import type { Access, PageRefused } from './access/index.ts';
import { type AuditPorts, createAskedRegister, createNames, createRegisterQueries, registerAnswers } from './audit/index.ts';
import type { Core } from './core.ts';
import { rootOf } from './directory/index.ts';
import { type RecordStore, verifyChains } from './record/index.ts';
import { searchAnswers } from './search/index.ts';

/** Pages of the registers and of the search: what is asked there is put on the record before it is answered. */
export function createRegisterPages({
  core: { county, directory, writer },
  audit,
  store,
  access,
  onRefused,
}: {
  core: Core;
  audit: AuditPorts;
  store: RecordStore;
  access: Access;
  onRefused: (refused: PageRefused) => void;
}) {
  const asked = createAskedRegister({ writer, keys: audit.keys, countyId: county.countyId });
  const names = createNames({ directory, people: access.people });
  const queries = createRegisterQueries({ store, names });
  const verify = audit.verify ?? (() => verifyStore({ store, keyId: audit.keys.keyId }));
  return {
    ...registerAnswers({ queries, asked, names, directory, county, verify, onRefused }),
    ...searchAnswers({ store, asked, directory, county: () => rootOf(directory) }),
  };
}

/** For records that have no folder: their chains, and no lists that they could be compared with. */
async function verifyStore({ store, keyId }: { store: RecordStore; keyId: string }): Promise<RecordVerified> {
  const { places, problem } = await verifyChains(store);
  const findings = problem === null ? [] : [{ code: 'otherFact', feed: null, seq: null, about: problem }];
  return { places, findings, findingCount: findings.length, lists: 0, lastListAtMs: null, keyId };
}
