import { expect, test } from 'vitest';
import type { Role } from '#contract/access/index.ts';
import type { Camera } from '#contract/cameras/index.ts';
import type { CameraId, DeskId, PersonId, RegionId } from '#contract/values/index.ts';
import { createHandTimers } from '../gateway/testing/handTimers.ts';
import { createLifts, type Lifts } from './lifts.ts';
import type { LiftAsker, LiftFact } from './ports.ts';

const cameraId = 'school-a' as CameraId;
const question = { type: 'cameras.askLift', cameraId, reason: { kind: 'incident', reference: 'E-7' }, minutes: 10 } as const;
const status = { type: 'cameras.liftStatus', cameraId } as const;
const [li, wang, zhao] = ['li', 'wang', 'zhao'].map((name) => ({ personId: name as PersonId, name }));

function asker(name: string, more: { roles?: Role[]; territory?: string; deskId?: string; sessionId?: string } = {}): LiftAsker {
  const { roles = ['dutyOfficer'], territory = 'al', deskId = 'd1', sessionId = `session of ${name}` } = more;
  const actor = { kind: 'person' as const, roles, territory: [territory as RegionId] };
  return { personId: name as PersonId, name, deskId: deskId as DeskId, sessionId, actor };
}

function open({ roster = [wang!, zhao!], isWritable = true } = {}) {
  const hand = createHandTimers();
  const facts: LiftFact[] = [];
  const state = { roster, isWritable, changes: 0 };
  const cameras = new Map<string, object>([
    ['school-a', { number: '0103', name: '小学门口', nameEn: 'School Gate', cameraClass: 'school' }],
    ['street-a', { number: '0101', name: '街口', nameEn: 'Street', cameraClass: 'ordinary' }],
  ]);
  let made = 0;
  const lifts = createLifts({
    ...hand,
    newId: () => `lift-${String((made += 1)).padStart(4, '0')}`,
    pathOf: (id) => (cameras.has(id) ? ['east' as RegionId, 'al' as RegionId] : []),
    cameraOf: (id) => (cameras.get(id) ?? null) as Camera | null,
    roster: () => state.roster,
    async record(_by, fact) {
      if (state.isWritable) facts.push(fact);
      return state.isWritable;
    },
    onChanged: () => void (state.changes += 1),
  });
  const rung = () => [wang!, zhao!, li!].filter(({ personId }) => lifts.waitingFor(personId).length > 0).map(({ name }) => name);
  const told = () => facts.map(({ type }) => type.replace('audit.lift', ''));
  return { ...hand, lifts, facts, state, rung, told };
}

const isLifted =
  (lifts: Lifts) =>
  (...asked: Parameters<Lifts['liftedUntil']>) =>
    lifts.liftedUntil(...asked) !== null;

/** Lets promises that are already settled run on. */
const settled = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

test('one tap of a leader lifts the mask for that person at that desk until its time, and then it is back', async () => {
  const { lifts, facts, state, advanceMs, clock, rung } = open();
  const asking = await lifts.ask(question, asker('li'));
  expect([asking.ok && asking.value, rung()]).toMatchObject([{ kind: 'waiting', ringing: ['wang'] }, ['wang']]);
  expect(lifts.waitingFor('wang' as PersonId)).toMatchObject([{ camera: { number: '0103' }, asker: 'li', minutes: 10 }]);
  expect(await lifts.answer({ liftId: 'lift-0001', answer: 'approve' }, wang!)).toEqual({ outcome: 'approved' });
  const untilMs = clock.nowMs() + 600_000;
  const [here, there, other] = [asker('li'), asker('li', { deskId: 'd2' }), asker('sun')].map((who) => isLifted(lifts)(cameraId, who));
  expect([here, there, other, isLifted(lifts)('other' as CameraId, asker('li')), state.changes]).toEqual([true, false, false, false, 1]);
  expect(facts.at(-1)).toEqual({
    type: 'audit.liftApproved',
    payload: { liftId: 'lift-0001', cameraId, deskId: 'd1', personId: 'li', leaderId: 'wang', untilMs },
  });
  advanceMs(600_000);
  expect([isLifted(lifts)(cameraId, asker('li')), state.changes, facts.at(-1)]).toMatchObject([
    false,
    2,
    { type: 'audit.liftEnded', payload: { why: 'over' } },
  ]);
});

test('the next of the roster is rung after a minute, and after two minutes it stays masked, which is a fact', async () => {
  const { lifts, rung, advanceMs, told, facts } = open({ roster: [wang!, zhao!] });
  await lifts.ask(question, asker('li'));
  const first = rung();
  advanceMs(60_000);
  const second = rung();
  advanceMs(60_000);
  expect([first, second, rung(), told()]).toEqual([['wang'], ['wang', 'zhao'], [], ['Asked', 'Unanswered']]);
  expect(facts.at(-1)).toMatchObject({ payload: { rung: ['wang', 'zhao'] } });
  expect(await lifts.answer({ liftId: 'lift-0001', answer: 'approve' }, wang!)).toEqual({ outcome: 'late' });
  expect([await lifts.ask(status, asker('li')), isLifted(lifts)(cameraId, asker('li'))]).toMatchObject([
    { value: { kind: 'unanswered' } },
    false,
  ]);
});

test('nobody answers for himself, whatever roles he has, and who was not rung does not answer at all', async () => {
  const { lifts, rung, told } = open({ roster: [li!, wang!, zhao!] });
  await lifts.ask(question, asker('li', { roles: ['dutyOfficer', 'leader'] }));
  expect(rung()).toEqual(['wang']);
  const answers = [];
  for (const leader of [li!, zhao!]) answers.push(await lifts.answer({ liftId: 'lift-0001', answer: 'approve' }, leader));
  expect([answers, told(), isLifted(lifts)(cameraId, asker('li'))]).toEqual([[{ outcome: 'late' }, { outcome: 'late' }], ['Asked'], false]);
  const alone = open({ roster: [li!] });
  expect(await alone.lifts.ask(question, asker('li'))).toMatchObject({ ok: false, refusal: { code: 'cameras.liftNobody' } });
});

test('a no is a no, and one answer is the only one', async () => {
  const { lifts, told } = open();
  await lifts.ask(question, asker('li'));
  const twice = await Promise.all([
    lifts.answer({ liftId: 'lift-0001', answer: 'refuse' }, wang!),
    lifts.answer({ liftId: 'lift-0001', answer: 'approve' }, wang!),
  ]);
  expect([twice, told(), await lifts.ask(status, asker('li'))]).toMatchObject([
    [{ outcome: 'refused' }, { outcome: 'late' }],
    ['Asked', 'Refused'],
    { value: { kind: 'refused', by: 'wang' } },
  ]);
});

test('what cannot be written down is not asked and not lifted', async () => {
  const { lifts, state, rung } = open();
  state.isWritable = false;
  expect([await lifts.ask(question, asker('li')), rung()]).toMatchObject([{ refusal: { code: 'bus.notRecorded' } }, []]);
  state.isWritable = true;
  await lifts.ask(question, asker('li'));
  state.isWritable = false;
  await lifts.answer({ liftId: 'lift-0002', answer: 'approve' }, wang!);
  expect([isLifted(lifts)(cameraId, asker('li')), state.changes]).toEqual([false, 0]);
});

test('a lift ends with its session and with its asker’s word, and a leader who is one no more rings no more', async () => {
  const { lifts, told, state, rung } = open();
  for (const end of [
    () => lifts.sessionsEnded(['session of li']),
    () => void lifts.ask({ type: 'cameras.endLift', cameraId }, asker('li')),
  ]) {
    await lifts.ask(question, asker('li'));
    const [waiting] = lifts.waitingFor('wang' as PersonId);
    await lifts.answer({ liftId: waiting?.liftId ?? '', answer: 'approve' }, wang!);
    const before = isLifted(lifts)(cameraId, asker('li'));
    end();
    await settled();
    expect([before, isLifted(lifts)(cameraId, asker('li'))]).toEqual([true, false]);
  }
  await lifts.ask(question, asker('li'));
  state.roster = [zhao!];
  expect([told(), rung()]).toEqual([['Asked', 'Approved', 'Ended', 'Asked', 'Approved', 'Ended', 'Asked'], ['zhao']]);
});

test.each([
  { who: 'a workstation without anybody', asked: question, by: null, code: 'access.notAllowed' },
  { who: 'an auditor', asked: question, by: asker('li', { roles: ['auditor'] }), code: 'access.notAllowed' },
  { who: 'somebody of another town', asked: question, by: asker('li', { territory: 'west' }), code: 'cameras.unknown' },
  { who: 'who names no camera', asked: { ...question, cameraId: 'none' as CameraId }, by: asker('li'), code: 'cameras.unknown' },
  { who: 'who asks for a street', asked: { ...question, cameraId: 'street-a' as CameraId }, by: asker('li'), code: 'cameras.notMasked' },
])('$who is refused', async ({ asked, by, code }) => {
  expect(await open().lifts.ask(asked, by)).toMatchObject({ ok: false, refusal: { code } });
});
