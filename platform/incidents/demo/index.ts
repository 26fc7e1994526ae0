import { type OpenIncident, timelinessOf } from '#contract/incidents/index.ts';
import type { Clock, Randomness, Timers } from '#contract/values/index.ts';
import { between } from '#platform/demo/randomness.ts';
import type { Directory } from '../../directory/index.ts';
import type { IncidentIntake } from '../intake.ts';
import { inventIncident, sitesOf } from './invent.ts';
import { findLeads } from './leads.ts';

/** The demo's matters, until it is closed. */
export type DemoIncidents = { close(): void };

/** So many are open at once in a county of 388 grids (ux/console.png: 在办 47), and come in a day (field.md: 50 to 400). */
const openPerGrid = 47 / 388;
const perGridAndDay = 190 / 388;
const dayMs = 24 * 3_600_000;
/** Of what is open so many are late at the most: people work. */
const lateAtMost = 0.05;
/** Of what a demo begins with: reported so long ago at the most, as a share of the time that there was for it. */
const firstShare = 0.97;

/** Of what is open so much has somebody on it (ux/console.png); what was reported last waits. */
const sentShare = 0.7;

/**
 * Tells the matters of an invented county through its record: reports at the pace of a real one, each closed after a while, most with somebody sent to
 * them before; some grids have much to do, few matters are late. A record that has open ones already goes on with them. Demo mode only.
 */
export function startDemoIncidents({
  directory,
  intake,
  clock,
  timers,
  random,
}: {
  directory: Pick<Directory, 'rows' | 'regionPath' | 'region'>;
  intake: IncidentIntake;
  clock: Clock;
  timers: Timers;
  random: Randomness;
}): DemoIncidents {
  let isClosed = false;
  let cancel = () => {};
  const sites = sitesOf({ directory, random });
  const wanted = Math.max(3, Math.round(sites.length * openPerGrid));
  const waitMs = () => (-Math.log(1 - random()) * dayMs) / Math.max(1, sites.length * perGridAndDay);

  async function send(): Promise<void> {
    const open = [...intake.open().values()].toSorted((a, b) => a.reportedAtMs - b.reportedAtMs);
    const sent = open.filter(({ assignments = [] }) => assignments.length > 0);
    const busy = new Set(sent.flatMap(({ assignments = [] }) => assignments.map(({ responderId }) => responderId)));
    const waiting = open.filter((incident) => !sent.includes(incident)).slice(0, Math.round(open.length * sentShare) - sent.length);
    for (const { incidentId, responderId } of findLeads({ incidents: waiting, directory, busy })) {
      if (!isClosed) await intake.dispatch(incidentId, { responderId, role: 'lead' });
    }
  }

  async function begin(): Promise<void> {
    const nowMs = clock.nowMs();
    for (let count = intake.open().size; count < wanted && !isClosed; count += 1) {
      await intake.report(inventIncident({ sites, nowMs, random, age: count === 0 ? 'justNow' : random() * firstShare }));
    }
    await send();
    if (!isClosed) cancel = timers.afterMs(waitMs(), () => void step());
  }

  async function step(): Promise<void> {
    const nowMs = clock.nowMs();
    await intake.report(inventIncident({ sites, nowMs, random, age: 'justNow' }));
    for (const { incidentId } of toClose({ open: [...intake.open().values()], wanted, nowMs, random })) await intake.close(incidentId);
    await send();
    if (!isClosed) cancel = timers.afterMs(waitMs(), () => void step());
  }

  void begin();
  return {
    close() {
      isClosed = true;
      cancel();
    },
  };
}

/** Closes what there is too much of: late ones above their share, then any, those with the least time left first. */
function toClose({ open, wanted, nowMs, random }: { open: readonly OpenIncident[]; wanted: number; nowMs: number; random: Randomness }) {
  const byTimeLeft = open.toSorted((a, b) => a.dueAtMs - b.dueAtMs);
  const late = byTimeLeft.filter((incident) => timelinessOf(incident, nowMs) === 'late');
  const tooLate = late.slice(Math.max(1, Math.round(open.length * lateAtMost)));
  const others = byTimeLeft.filter((incident) => !late.includes(incident));
  const tooMany = Math.max(0, open.length - tooLate.length - wanted + Math.round(between(random, [-2, 2])));
  return [...tooLate, ...others.slice(0, tooMany)];
}
