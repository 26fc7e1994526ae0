import { backOffMs } from '#contract/link/index.ts';
import type { Randomness, Timers } from '#contract/values/index.ts';
import { GroundFailure, type GroundTrouble } from './groundFailure.ts';

/** Stands between the map and a server of tiles: says once what is wrong, asks no more while it is, and looks again by itself. */
export type GroundGuard = {
  /** Asks, or rejects at once while the server is known to fail. */
  run<Answer>(asked: Asked<Answer>): Promise<Answer>;
  stop(): void;
};

/** `none`: one failure is told at once. `some`: one tile of many may fail. */
type Patience = 'none' | 'some';

/** `again` = the same question, asked later when nobody waits for it any more. */
type Asked<Answer> = { readonly ask: () => Promise<Answer>; readonly again: () => Promise<unknown>; readonly patience: Patience };

type GuardPorts = {
  readonly timers: Timers;
  readonly randomness: Randomness;
  /** Told when the trouble becomes another one; null = the ground comes again. */
  readonly onTrouble: (trouble: GroundTrouble | null) => void;
  /** What failed may be asked for again. */
  readonly onBack: () => void;
  /** A closer look at why nothing came, asked once each time it begins. */
  readonly explain: (why: GroundTrouble) => Promise<GroundTrouble>;
};

const failuresTillTold = 3;
// A county's edge or a lake may have no tiles: that alone is no trouble.
const missesTillTold = 8;
// Of the back-off of a desk's line: 2 s to 60 s. Somebody else's server is asked more rarely.
const waitFactor = 4;
/** One tile that never comes is given up after so many questions. */
const questionsForOne = 5;

export function createGroundGuard(ports: GuardPorts): GroundGuard {
  return new Guard(ports);
}

class Guard implements GroundGuard {
  readonly #ports: GuardPorts;
  #trouble: GroundTrouble | null = null;
  #failures = 0;
  /** Why the last one failed; null = the last answer was a good one. */
  #failed: GroundTrouble | null = null;
  /** A tile has come since the last trouble. */
  #hasAnswered = false;
  #asked = 0;
  #attempt = 0;
  #again: (() => Promise<unknown>) | null = null;
  #cancel: (() => void) | null = null;
  #isStopped = false;

  constructor(ports: GuardPorts) {
    this.#ports = ports;
  }

  async run<Answer>({ ask, again, patience }: Asked<Answer>): Promise<Answer> {
    // Where there is nothing at one zoom there may be something at another.
    if (this.#trouble !== null && this.#trouble !== 'missing') throw new GroundFailure(this.#trouble);
    this.#asked += 1;
    try {
      const answer = await ask().finally(() => (this.#asked -= 1));
      this.#answered();
      if (patience === 'some') this.#hasAnswered = true;
      return answer;
    } catch (error) {
      if (error instanceof GroundFailure) this.#fail({ why: error.why, again, patience });
      // Nobody wants it any more. It was perhaps the last that those that failed were waiting for.
      else this.#judge();
      throw error;
    }
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
  }

  #fail({ why, again, patience }: { why: GroundTrouble; again: () => Promise<unknown>; patience: Patience }): void {
    if (this.#isStopped) return;
    // That a lake has no tiles says nothing of what else is wrong.
    if (why !== 'missing' || this.#failed === null || this.#failed === 'missing') this.#again = again;
    this.#count(why);
    if (patience === 'none') this.#begin(why);
    else this.#judge();
    if (why !== 'missing') this.#lookSometime();
  }

  #count(why: GroundTrouble): void {
    this.#failures += 1;
    if (why !== 'missing' || this.#failed === null) this.#failed = why;
  }

  #answered(): void {
    this.#failures = 0;
    this.#failed = null;
    this.#tell(null);
  }

  /** Says what is wrong when enough has failed. Failures are quicker than pictures: what is still on its way may come. */
  #judge(): void {
    const why = this.#failed;
    const most = why === 'missing' ? missesTillTold : failuresTillTold;
    if (why !== null && this.#failures >= most && this.#asked === 0) this.#begin(why);
  }

  #begin(why: GroundTrouble): void {
    if (this.#isStopped || this.#trouble !== null) return;
    this.#hasAnswered = false;
    void this.#explain(why);
    this.#lookSometime();
  }

  async #explain(why: GroundTrouble): Promise<void> {
    this.#tell(why);
    const explained = await this.#ports.explain(why);
    if (!this.#isStopped && this.#trouble === why) this.#tell(explained);
  }

  #lookSometime(): void {
    if (this.#cancel === null) this.#lookLater();
  }

  #lookLater(): void {
    this.#attempt += 1;
    const { timers, randomness } = this.#ports;
    const waitMs = waitFactor * backOffMs({ attempt: this.#attempt, randomness });
    this.#cancel = timers.afterMs(waitMs, () => void this.#look());
  }

  /** One question for all that failed. */
  async #look(): Promise<void> {
    try {
      await this.#again?.();
    } catch (error) {
      this.#cancel = null;
      if (this.#isStopped) return;
      // Of few tiles, of which none has come, the looks are what counts.
      if (error instanceof GroundFailure && !this.#hasAnswered) this.#count(error.why);
      this.#judge();
      const isGivenUp = this.#trouble === null && this.#attempt >= questionsForOne;
      const isSame = !(error instanceof GroundFailure) || this.#trouble === null || isNear(error.why, this.#trouble);
      if (!isSame) this.#tell(error.why);
      if (isGivenUp) this.#attempt = 0;
      else this.#lookSometime();
      return;
    }
    this.#cancel = null;
    this.#attempt = 0;
    if (this.#isStopped) return;
    this.#answered();
    this.#ports.onBack();
  }

  #tell(trouble: GroundTrouble | null): void {
    if (this.#trouble === trouble) return;
    this.#trouble = trouble;
    this.#ports.onTrouble(trouble);
  }
}

/** What one question cannot tell from what was found out before. */
function isNear(now: GroundTrouble, before: GroundTrouble): boolean {
  return now === before || (now === 'unreachable' && before === 'notAllowed');
}
