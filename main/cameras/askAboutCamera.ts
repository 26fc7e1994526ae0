import { z } from 'zod';
import {
  type LiftQuestion,
  LiftState,
  type ProbeQuestion,
  ProbeState,
  PtzLease,
  type PtzQuestion,
  PtzStatus,
} from '#contract/cameras/index.ts';
import type { Link } from '#contract/link/index.ts';
import type { FollowOne } from '#contract/map/index.ts';
import { granted, type Result, refused } from '#contract/values/index.ts';

type Asking = Pick<Link, 'ask'>;

/** Asks the platform about lifting a mask (contract/cameras/lift). Never queued: a request that waits would ring a leader for a look nobody wants any more. */
export function askLift(link: Asking, question: LiftQuestion): Promise<Result<LiftState>> {
  return asked(link.ask(question), LiftState);
}

/** Asks the platform to see one responder's way. Never queued: what is looked at is on the record before it is seen. */
export function askFollow(link: Asking, question: FollowOne): Promise<Result<null>> {
  return asked(link.ask(question), z.null());
}

/** Asks the platform to find out what a camera is, or how that stands (contract/cameras/probe). Never queued: it answers at once, and is asked again. */
export function askProbe(link: Asking, question: ProbeQuestion): Promise<Result<ProbeState>> {
  return asked(link.ask(question), ProbeState);
}

/** Asks the platform to steer a camera, or about it (contract/cameras/ptz). Never queued: a move that waits would turn it when nobody looks any more. */
export function askSteer(link: Asking, question: PtzQuestion): Promise<Result<PtzStatus | PtzLease>> {
  return asked(link.ask(question), z.union([PtzStatus, PtzLease]));
}

const Refused = z.object({
  ok: z.literal(false),
  refusal: z.object({ code: z.string().max(64), params: z.record(z.string(), z.union([z.string(), z.number()])).optional() }),
});

async function asked<Value>(answered: Promise<unknown>, shape: z.ZodType<Value>): Promise<Result<Value>> {
  const answer = await answered;
  if (answer === null) return refused('bus.unreachable');
  const refusal = Refused.safeParse(answer);
  if (refusal.success) return refused(refusal.data.refusal.code, refusal.data.refusal.params);
  const value = z.object({ ok: z.literal(true), value: shape }).safeParse(answer);
  return value.success ? granted(value.data.value) : refused('bus.badAnswer');
}
