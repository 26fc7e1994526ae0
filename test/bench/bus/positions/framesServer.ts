/** A real platform with many responders, in a process of its own: the bench tells it when a second is over. */
import { Responder } from '#contract/directory/index.ts';
import { protocolVersion } from '#contract/bus/index.ts';
import type { TypedRow } from '#platform/directory/index.ts';
import type { Positions } from '#platform/responders/index.ts';
import { enrol, logIn, openTestPlatform } from '../../../builders/platform.ts';
import { smallCounty } from '../../../builders/smallCounty.ts';
import { openHandRounds } from '../../../fakes/handIntake.ts';
import { serveBench } from '../serveBench.ts';
import { responderIdOf, walkingCounty } from './walkingCounty.ts';

const rounds = openHandRounds();
let report: Positions['report'] = () => {};

const functions = {
  async open(size: number) {
    const openIntake = (ports: { report: Positions['report'] }) => {
      report = ports.report;
      return { close: () => {} };
    };
    const rows = [...smallCounty.rows.filter(({ kind }) => kind !== 'responders'), ...respondersOf(size)];
    const platform = await openTestPlatform({
      timers: rounds.timers,
      openIntake,
      foundation: { county: smallCounty.county, rows: () => rows },
    });
    const { session } = await logIn({ url: platform.url, account: 'duty' });
    const { deskId, deviceKey } = await enrol({ url: platform.url, session });
    return { url: platform.url, handshake: { protocolVersion, deskId, deviceKey } };
  },
  /** A second is over: so many parts of everybody have reported, one of them each second (1 = everybody). */
  tick({ tick, size, parts }: { tick: number; size: number; parts: number }) {
    const all = walkingCounty(size)(tick, Date.now());
    report(parts === 1 ? all : all.filter((_, index) => index % parts === tick % parts));
    rounds.tick();
  },
  cpuMs: () => process.cpuUsage().user / 1_000 + process.cpuUsage().system / 1_000,
};
export type FramesServer = typeof functions;

function respondersOf(size: number): readonly TypedRow[] {
  return Array.from({ length: size }, (_, index) => {
    const row = { countyId: 'testland', id: responderIdOf(index), index, kind: 'gridWorker', name: `r${index}`, regionId: 'east-1' };
    return { kind: 'responders', row: Responder.parse(row) } as const;
  });
}

serveBench(functions);
