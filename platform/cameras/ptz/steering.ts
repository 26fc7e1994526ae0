import { may, type PolicyActor, questionSurfaces } from '#contract/access/index.ts';
import { type Camera, type PtzLease, type PtzQuestion, type PtzRefusalCode, type PtzStatus, usualView } from '#contract/cameras/index.ts';
import { type CameraId, type Clock, type DeskId, granted, type Result, refused, type Timers } from '#contract/values/index.ts';
import type { CameraPath } from '../commands.ts';
import type { PtzDevice } from './ports.ts';
import { createTurns, type Steerer, type SteeringFact } from './turns.ts';

/** Who asks: a person at a desk and what he may. */
export type SteeringAsker = Steerer & { readonly actor: PolicyActor };

/** Steering cameras, asked over the bus and answered at once. */
export type Steering = {
  /** `asker` is null when nobody is logged in at the desk: a workstation steers nothing. */
  ask(question: PtzQuestion, asker: SteeringAsker | null): Promise<Result<PtzStatus | PtzLease, PtzRefusalCode>>;
  /** A desk's line is gone: what moves by it stops now; its turns run out by themselves. */
  lineLost(deskId: DeskId): void;
  /** Sessions have ended: their turns end with them. */
  sessionsEnded(sessionIds: readonly string[]): void;
  /** Stops everything that moves. */
  close(): Promise<void>;
};

export type SteeringPorts = {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly pathOf: CameraPath;
  readonly cameraOf: (cameraId: CameraId) => Pick<Camera, 'cameraClass' | 'masks'> | null;
  /** Null when nothing says how to steer a camera. */
  readonly deviceOf: (cameraId: CameraId) => PtzDevice | null;
  readonly record: (steerer: Steerer, fact: SteeringFact) => void;
};

export function createSteering(ports: SteeringPorts): Steering {
  const { pathOf, cameraOf, deviceOf, record } = ports;
  const turns = createTurns(ports);

  const deviceFor = ({ type, cameraId }: PtzQuestion, asker: SteeringAsker | null): Result<PtzDevice, PtzRefusalCode> => {
    if (asker === null) return refused('access.notAllowed');
    const regionPath = pathOf(cameraId);
    // Somebody else's camera and one that does not exist are the same refusal.
    if (!regionPath.some((region) => asker.actor.territory.includes(region))) return refused('cameras.unknown', { cameraId });
    if (!may(asker.actor, questionSurfaces[type].action, { regionPath })) return refused('access.notAllowed');
    // Masks belong to where it looks: turned away, they would cover something else.
    const camera = cameraOf(cameraId);
    if (camera !== null && usualView(camera) !== 'plain') return refused('cameras.masked', { cameraId });
    const device = deviceOf(cameraId);
    return device === null ? refused('cameras.ptzNone', { cameraId }) : granted(device);
  };

  const lease = (cameraId: CameraId, asker: Steerer) => granted(turns.leaseOf(cameraId, asker));

  async function answer(question: PtzQuestion, asker: Steerer, device: PtzDevice): ReturnType<Steering['ask']> {
    const { cameraId } = question;
    switch (question.type) {
      case 'cameras.ptzStatus': {
        const abilities = await device.abilities();
        if (!abilities.ok) return abilities;
        const { axes, presets } = abilities.value;
        return granted({ cameraId, axes: [...axes], presets: [...presets], lease: turns.leaseOf(cameraId, asker) });
      }
      case 'cameras.ptzTake': {
        const turn = await turns.take({ cameraId, asker, device, from: question.from });
        return turn.ok ? lease(cameraId, asker) : turn;
      }
      case 'cameras.ptzMove': {
        const turn = await turns.take({ cameraId, asker, device, from: 'nobody' });
        if (!turn.ok) return turn;
        const moved = await turn.value.motion.move(question);
        return moved.ok ? lease(cameraId, asker) : moved;
      }
      case 'cameras.ptzGoTo': {
        const turn = await turns.take({ cameraId, asker, device, from: 'nobody' });
        if (!turn.ok) return turn;
        await turn.value.motion.stop('stopped');
        const gone = await device.goTo(question.preset);
        if (!gone.ok) return gone;
        const { deskId, personId } = asker;
        record(asker, { type: 'audit.presetCalled', payload: { cameraId, deskId, personId, preset: question.preset } });
        return lease(cameraId, asker);
      }
      case 'cameras.ptzStop': {
        const stopped = await turns.turnOf(cameraId, asker)?.motion.stop('stopped');
        return stopped === undefined || stopped.ok ? lease(cameraId, asker) : stopped;
      }
      case 'cameras.ptzRelease': {
        if (turns.turnOf(cameraId, asker) !== null) await turns.end(cameraId, 'released');
        return lease(cameraId, asker);
      }
    }
  }

  return {
    async ask(question, asker) {
      const device = deviceFor(question, asker);
      if (!device.ok || asker === null) return device.ok ? refused('access.notAllowed') : device;
      return await answer(question, asker, device.value);
    },
    lineLost(deskId) {
      for (const [, { motion }] of turns.turnsWhere((steerer) => steerer.deskId === deskId)) void motion.stop('lineLost');
    },
    sessionsEnded(sessionIds) {
      for (const [cameraId] of turns.turnsWhere(({ sessionId }) => sessionIds.includes(sessionId)))
        void turns.end(cameraId, 'sessionEnded');
    },
    async close() {
      await Promise.all(turns.turnsWhere(() => true).map(([cameraId]) => turns.end(cameraId, 'platformClosed')));
    },
  };
}
