import { z } from 'zod';
import { CameraId, LngLat } from '#contract/values/index.ts';
import { groundDistanceM } from './distance.ts';

/** What people at a desk said of a camera for a place: it showed what they wanted to see there, or not. */
export const CameraVote = z.strictObject({ cameraId: CameraId, at: LngLat, word: z.enum(['up', 'down']) });
export type CameraVote = z.infer<typeof CameraVote>;

/** A vote as it is asked for; `none` takes the one for that place back. */
export const VoteCamera = CameraVote.extend({ word: z.enum(['up', 'down', 'none']) });
export type VoteCamera = z.infer<typeof VoteCamera>;

/** Places no farther apart are one place: about what one camera's picture holds. Metres. */
const samePlaceM = 120;
/** A desk remembers so many votes; the oldest go first. */
export const mostVotes = 500;

/** The votes after another one, the newest last: of a camera there is one for a place. */
export function withVote(votes: readonly CameraVote[], { cameraId, at, word }: VoteCamera): CameraVote[] {
  const others = votes.filter((vote) => vote.cameraId !== cameraId || groundDistanceM(vote.at, at) > samePlaceM);
  return word === 'none' ? others : [...others, { cameraId, at, word }].slice(-mostVotes);
}

/** Ups minus downs of each camera for a place and those near it. */
export function votesNear(votes: readonly CameraVote[], at: LngLat): ReadonlyMap<CameraId, number> {
  const sums = new Map<CameraId, number>();
  for (const vote of votes) {
    if (groundDistanceM(vote.at, at) > samePlaceM) continue;
    sums.set(vote.cameraId, (sums.get(vote.cameraId) ?? 0) + (vote.word === 'up' ? 1 : -1));
  }
  return sums;
}
