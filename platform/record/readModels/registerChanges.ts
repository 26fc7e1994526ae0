import { type KnownFact, parseFact } from '#contract/catalogue/index.ts';
import { auditFeed, countyFeed, type Fact, type FeedName } from '#contract/record/index.ts';
import type { RegisterChange } from './changes.ts';

/** A fact and where it stands in the feed that its register follows. */
type Placed = { readonly fact: Fact; readonly seq: number };

/**
 * What a fact does to the registers, given its places. The audit feed makes the looking and the audit register, the county's feed the
 * fault register and the incidents' times: each register follows one feed, so a place there is a row's number.
 */
export function registerChanges({
  fact,
  places,
}: {
  fact: Fact;
  places: readonly { readonly feed: FeedName; readonly seq: number }[];
}): readonly RegisterChange[] {
  const { type, countyId } = fact;
  if (isAudited(type)) return changesAt({ fact, places, feed: auditFeed(countyId), change: auditChange });
  if (type.startsWith('cameras.')) return changesAt({ fact, places, feed: countyFeed(countyId), change: faultChange });
  if (type.startsWith('incidents.')) return changesAt({ fact, places, feed: countyFeed(countyId), change: incidentChange });
  return [];
}

function incidentChange({ fact }: Placed): readonly RegisterChange[] {
  const known = parseFact(fact);
  const { atMs } = fact;
  if (known?.type === 'incidents.reported') {
    const { incidentId, regionId } = known.payload;
    return [{ kind: 'incidentReported', incidentId, regionId, atMs }];
  }
  return known?.type === 'incidents.closed' ? [{ kind: 'incidentClosed', incidentId: known.payload.incidentId, atMs }] : [];
}

/** Facts of the audit feed; what a newer version wrote there is known by its beginning. */
function isAudited(type: string): boolean {
  return type.startsWith('audit.') || type.startsWith('evidence.');
}

function changesAt({
  fact,
  places,
  feed,
  change,
}: {
  fact: Fact;
  places: readonly { readonly feed: FeedName; readonly seq: number }[];
  feed: FeedName;
  change: (placed: Placed) => readonly RegisterChange[];
}): readonly RegisterChange[] {
  const seq = places.find((place) => place.feed === feed)?.seq;
  return seq === undefined ? [] : change({ fact, seq });
}

function auditChange(placed: Placed): readonly RegisterChange[] {
  const { fact, seq } = placed;
  const { type, atMs, actor, subject, payload } = fact;
  const known = parseFact(fact);
  if (known?.type === 'audit.viewOpened') return [viewOpened({ known, seq })];
  if (known?.type === 'audit.viewClosed') return [{ kind: 'viewEnded', grantId: known.payload.grantId, atMs, end: known.payload.why }];
  // What a newer version wrote is an entry too: an auditor is told its type rather than nothing.
  const noted = { kind: 'noted', row: { seq, type, atMs, actor, subject, payload } } as const;
  if (known?.type === 'evidence.opened') return [...lookedAtKept({ known, seq }), noted];
  return type === 'audit.viewsLost' ? [{ kind: 'viewsLost', atMs }, noted] : [noted];
}

function viewOpened({ known, seq }: { known: Extract<KnownFact, { type: 'audit.viewOpened' }>; seq: number }): RegisterChange {
  return { kind: 'viewOpened', row: { seq, ...known.payload, openedAtMs: known.atMs, endedAtMs: null, end: null } };
}

/** To open a kept picture is to look at its camera: a row of the looking register too, begun and ended at once. */
function lookedAtKept({ known, seq }: { known: Extract<KnownFact, { type: 'evidence.opened' }>; seq: number }): readonly RegisterChange[] {
  const { evidenceId, ...looked } = known.payload;
  const { atMs } = known;
  const row = { seq, grantId: evidenceId, ...looked, quality: 'main', tile: `evidence/${evidenceId}` } as const;
  return [
    { kind: 'viewOpened', row: { ...row, openedAtMs: atMs, endedAtMs: null, end: null } },
    { kind: 'viewEnded', grantId: evidenceId, atMs, end: 'closed' },
  ];
}

function faultChange({ fact, seq }: Placed): readonly RegisterChange[] {
  const known = parseFact(fact);
  if (known === null) return [];
  const { atMs, actor } = fact;
  const began = (row: Pick<Began, 'cameraId' | 'kind' | 'reason' | 'fromMs'>): RegisterChange => ({
    kind: 'faultBegan',
    row: { seq, ...row, fromActor: actor, untilMs: null, untilActor: null, word: null, wordActor: null },
  });
  const ended = (cameraId: Began['cameraId'], of: Began['kind']): RegisterChange => ({ kind: 'faultEnded', cameraId, of, atMs, actor });
  // Other facts about cameras begin and end nothing here.
  if (known.type === 'cameras.sourceLost') {
    const { cameraId, reason } = known.payload;
    return [ended(cameraId, 'unmoving'), began({ cameraId, kind: 'outage', reason, fromMs: atMs })];
  }
  if (known.type === 'cameras.sourceRestored') return [ended(known.payload.cameraId, 'outage')];
  if (known.type === 'cameras.pictureUnmoving') {
    const { cameraId, why, sinceMs } = known.payload;
    return [began({ cameraId, kind: 'unmoving', reason: why, fromMs: sinceMs })];
  }
  if (known.type === 'cameras.unmovingJudged') return [{ kind: 'unmovingJudged', actor, ...wordOf(known.payload) }];
  if (known.type === 'cameras.pictureMoving') return [ended(known.payload.cameraId, 'unmoving')];
  if (known.type === 'cameras.faultReported') {
    const { cameraId, fault } = known.payload;
    return [began({ cameraId, kind: 'fault', reason: fault, fromMs: atMs })];
  }
  if (known.type === 'cameras.faultCleared') return [ended(known.payload.cameraId, 'fault')];
  return [];
}

type Began = Extract<RegisterChange, { kind: 'faultBegan' }>['row'];
type Judged = Extract<RegisterChange, { kind: 'unmovingJudged' }>;

function wordOf({ cameraId, word }: Pick<Judged, 'cameraId' | 'word'>): Pick<Judged, 'cameraId' | 'word'> {
  return { cameraId, word };
}
