import { may, questionSurfaces } from '#contract/access/index.ts';
import type { LiftEnd } from '#contract/audit/index.ts';
import {
  type AskLift,
  type AnsweredLift,
  type AnswerLift,
  liftLimits,
  type LiftQuestion,
  type LiftRefusalCode,
  type LiftState,
  usualView,
  type WaitingLift,
} from '#contract/cameras/index.ts';
import { type CameraId, type DeskId, granted, type PersonId, type Result, refused } from '#contract/values/index.ts';
import type { Leader, LiftAsker, LiftPorts } from './ports.ts';

/** Masks lifted for a while by a second person. In memory: after a restart everything is masked. */
export type Lifts = {
  /** `asker` is null when nobody is logged in at the desk: a workstation asks for nothing. */
  ask(question: LiftQuestion, asker: LiftAsker | null): Promise<Result<LiftState, LiftRefusalCode>>;
  /** What rings a leader now, the oldest first. */
  waitingFor(leader: PersonId): readonly WaitingLift[];
  answer(answered: AnswerLift, leader: Leader): Promise<AnsweredLift>;
  /** Until when this viewer sees the plain picture; null = he does not. Epoch ms. */
  liftedUntil(cameraId: CameraId, viewer: { readonly deskId: DeskId; readonly sessionId: string | null }): number | null;
  sessionsEnded(sessionIds: readonly string[]): void;
  close(): Promise<void>;
};

type Lift = {
  readonly liftId: string;
  readonly question: AskLift;
  readonly asker: LiftAsker;
  readonly askedAtMs: number;
  /** Nobody else can answer while one answer is being written down. */
  isAnswering: boolean;
  state: LiftState;
  cancel: () => void;
};

export function createLifts(ports: LiftPorts): Lifts {
  const { clock, timers, record } = ports;
  const lifts = new Map<string, Lift>();

  /** Who has it on the phone now. Asked anew: somebody disabled meanwhile rings no more, and the asker never was one of them. */
  const rungAt = ({ question, asker, askedAtMs }: Pick<Lift, 'question' | 'asker' | 'askedAtMs'>): readonly Leader[] => {
    const others = ports.roster(question.cameraId).filter(({ personId }) => personId !== asker.personId);
    return others.slice(0, 1 + Math.floor((clock.nowMs() - askedAtMs) / liftLimits.nextAfterMs));
  };
  const stateOf = (lift: Lift): LiftState =>
    lift.state.kind === 'waiting' ? { ...lift.state, ringing: rungAt(lift).map(({ name }) => name) } : lift.state;
  const ofRequest = ({ liftId, question: { cameraId }, asker: { deskId, personId } }: Lift) => ({ liftId, cameraId, deskId, personId });
  const settle = (lift: Lift, state: LiftState): void => {
    lift.cancel();
    lift.state = state;
  };

  const end = async (lift: Lift, why: LiftEnd): Promise<void> => {
    if (lift.state.kind !== 'waiting' && lift.state.kind !== 'lifted') return;
    settle(lift, { kind: 'masked' });
    ports.onChanged();
    await record(lift.asker.personId, { type: 'audit.liftEnded', payload: { ...ofRequest(lift), why } });
  };
  const giveUp = (lift: Lift): void => {
    if (lift.isAnswering) return;
    const rung = rungAt(lift).map(({ personId }) => personId);
    settle(lift, { kind: 'unanswered', atMs: clock.nowMs() });
    void record(lift.asker.personId, { type: 'audit.liftUnanswered', payload: { ...ofRequest(lift), rung } });
  };

  const begin = async (question: AskLift, asker: LiftAsker): Promise<Result<LiftState, LiftRefusalCode>> => {
    const askedAtMs = clock.nowMs();
    if (rungAt({ question, asker, askedAtMs }).length === 0) return refused('cameras.liftNobody');
    const untilMs = askedAtMs + liftLimits.unansweredAfterMs;
    const state: LiftState = { kind: 'waiting', ringing: [], askedAtMs, untilMs };
    const lift: Lift = { liftId: ports.newId(), question, asker, askedAtMs, isAnswering: true, state, cancel: () => {} };
    lifts.set(keyOf(question.cameraId, asker), lift);
    const { reason, minutes } = question;
    const isWritten = await record(asker.personId, { type: 'audit.liftAsked', payload: { ...ofRequest(lift), reason, minutes } });
    lift.isAnswering = false;
    if (!isWritten) {
      settle(lift, { kind: 'masked' });
      return refused('bus.notRecorded');
    }
    if (lift.state.kind === 'waiting') lift.cancel = timers.afterMs(untilMs - clock.nowMs(), () => giveUp(lift));
    return granted(stateOf(lift));
  };

  const approve = async (lift: Lift, leader: Leader): Promise<AnsweredLift> => {
    const untilMs = clock.nowMs() + lift.question.minutes * 60_000;
    const payload = { ...ofRequest(lift), leaderId: leader.personId, untilMs };
    // Nothing is seen before it is written down who let it be seen.
    const isWritten = await record(leader.personId, { type: 'audit.liftApproved', payload });
    if (!isWritten || lift.state.kind !== 'waiting') return { outcome: 'late' };
    settle(lift, { kind: 'lifted', by: leader.name, untilMs });
    lift.cancel = timers.afterMs(Math.max(0, untilMs - clock.nowMs()), () => void end(lift, 'over'));
    ports.onChanged();
    return { outcome: 'approved' };
  };
  const refuse = async (lift: Lift, leader: Leader): Promise<AnsweredLift> => {
    settle(lift, { kind: 'refused', by: leader.name, atMs: clock.nowMs() });
    await record(leader.personId, { type: 'audit.liftRefused', payload: { ...ofRequest(lift), leaderId: leader.personId } });
    return { outcome: 'refused' };
  };
  const isRinging = (lift: Lift, leader: PersonId) =>
    lift.state.kind === 'waiting' &&
    !lift.isAnswering &&
    clock.nowMs() < lift.state.untilMs &&
    rungAt(lift).some(({ personId }) => personId === leader);

  return {
    async ask(question, asker) {
      const refusal = refusalOf(ports, { question, asker });
      if (refusal !== null || asker === null) return refused(refusal ?? 'access.notAllowed');
      const lift = lifts.get(keyOf(question.cameraId, asker));
      switch (question.type) {
        case 'cameras.askLift':
          if (lift !== undefined && (lift.state.kind === 'waiting' || lift.state.kind === 'lifted')) return granted(stateOf(lift));
          return await begin(question, asker);
        case 'cameras.endLift':
          if (lift !== undefined) await end(lift, 'takenBack');
          return granted({ kind: 'masked' });
        case 'cameras.liftStatus':
          return granted(lift === undefined ? { kind: 'masked' } : stateOf(lift));
      }
    },
    waitingFor: (leader) => [...lifts.values()].filter((lift) => isRinging(lift, leader)).flatMap((lift) => waitingLift(lift, ports) ?? []),
    async answer({ liftId, answer }, leader) {
      const lift = [...lifts.values()].find((each) => each.liftId === liftId);
      if (lift === undefined || !isRinging(lift, leader.personId)) return { outcome: 'late' };
      lift.isAnswering = true;
      const answered = answer === 'approve' ? await approve(lift, leader) : await refuse(lift, leader);
      lift.isAnswering = false;
      if (lift.state.kind === 'waiting' && clock.nowMs() >= lift.state.untilMs) giveUp(lift);
      return answered;
    },
    liftedUntil(cameraId, { deskId, sessionId }) {
      const lift = sessionId === null ? undefined : lifts.get(keyOf(cameraId, { deskId, sessionId }));
      // Its time is asked for here too: a timer may come late, and a clock may have been set.
      return lift?.state.kind === 'lifted' && clock.nowMs() < lift.state.untilMs ? lift.state.untilMs : null;
    },
    sessionsEnded(sessionIds) {
      for (const [key, lift] of lifts) {
        if (!sessionIds.includes(lift.asker.sessionId)) continue;
        lifts.delete(key);
        void end(lift, 'sessionEnded');
      }
    },
    async close() {
      await Promise.all([...lifts.values()].map((lift) => end(lift, 'platformClosed')));
    },
  };
}

/** A lift is of one session at one desk: whoever sits there next asks for himself. */
function keyOf(cameraId: CameraId, { deskId, sessionId }: { readonly deskId: DeskId; readonly sessionId: string }): string {
  return `${cameraId} ${deskId} ${sessionId}`;
}

function refusalOf(
  { pathOf, cameraOf }: LiftPorts,
  { question: { type, cameraId }, asker }: { question: LiftQuestion; asker: LiftAsker | null },
): LiftRefusalCode | null {
  if (asker === null) return 'access.notAllowed';
  const regionPath = pathOf(cameraId);
  // Somebody else's camera and one that does not exist are the same refusal.
  if (!regionPath.some((region) => asker.actor.territory.includes(region))) return 'cameras.unknown';
  if (!may(asker.actor, questionSurfaces[type].action, { regionPath })) return 'access.notAllowed';
  const camera = cameraOf(cameraId);
  return camera === null || usualView(camera) === 'plain' ? 'cameras.notMasked' : null;
}

function waitingLift(lift: Lift, { cameraOf }: LiftPorts): WaitingLift | null {
  const camera = cameraOf(lift.question.cameraId);
  if (camera === null || lift.state.kind !== 'waiting') return null;
  const { number, name, nameEn, cameraClass } = camera;
  const { reason, minutes } = lift.question;
  const { askedAtMs, untilMs } = lift.state;
  return {
    liftId: lift.liftId,
    camera: { number, name, nameEn, cameraClass },
    asker: lift.asker.name,
    reason,
    minutes,
    askedAtMs,
    untilMs,
  };
}
