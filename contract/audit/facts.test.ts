import { expect, test } from 'vitest';
import { emptyFeedState, evolveFeed, fromFeedSnapshot, toFeedSnapshot } from '#contract/catalogue/index.ts';
import type { Fact } from '#contract/record/index.ts';
import type { AuditFact } from './facts.ts';

const opened: AuditFact = {
  type: 'audit.viewOpened',
  payload: {
    grantId: 'g1',
    cameraId: 'al-1',
    quality: 'sub',
    purpose: { kind: 'patrol', reference: null },
    tile: 'D1/0',
    deskId: 'd1',
    personId: null,
  } as Extract<AuditFact, { type: 'audit.viewOpened' }>['payload'],
};
const closed = { type: 'audit.viewClosed', payload: { grantId: 'g1', cameraId: 'al-1', why: 'closed' } } as AuditFact;
const lost: AuditFact = { type: 'audit.viewsLost', payload: { openViews: 2 } };

function fold(facts: readonly { type: string; payload: object }[]) {
  return facts.reduce((state, { type, payload }, index) => evolveFeed(state, toFact({ type, payload, atMs: index })), emptyFeedState);
}

function toFact({ type, payload, atMs }: { type: string; payload: object; atMs: number }): Fact {
  const envelope = { countyId: 'al', v: 1, actor: 'device/d1', commandId: null, subject: 'camera/al-1' } as Omit<
    Fact,
    'type' | 'atMs' | 'payload'
  >;
  return { ...envelope, type, atMs, payload: JSON.stringify(payload) };
}

test('the audit feed folds to counts and to nothing that names anybody', () => {
  expect(fold([opened, opened, closed]).audit).toEqual({ openViews: 1, facts: 3 });
});

test('a platform that had died ends every view that was open', () => {
  expect(fold([opened, opened, lost, opened]).audit).toEqual({ openViews: 1, facts: 4 });
});

test('a password or a name beside the known fields is not read as an audit fact', () => {
  const state = fold([{ type: 'audit.loggedIn', payload: { personId: 'p1', password: 'x' } }]);
  expect([state.audit.facts, state.unknownFacts]).toEqual([0, 1]);
});

test('counts survive a snapshot, and feeds without them look as they always did', () => {
  const state = fold([opened]);
  expect(fromFeedSnapshot(toFeedSnapshot(state)).audit).toEqual(state.audit);
  expect(Object.keys(toFeedSnapshot(emptyFeedState))).toEqual(['cameras', 'directory', 'wall', 'unknownFacts']);
});
