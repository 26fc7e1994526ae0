import type { PolicyActor } from '#contract/access/index.ts';
import type { DeskCommand } from '#contract/bus/index.ts';
import { countyFeed } from '#contract/record/index.ts';
import { type Clock, type CountyId, granted, type PersonId, type Result } from '#contract/values/index.ts';
import { type CameraPath, decideCameraCommand } from './cameras/index.ts';
import type { Evidence } from './evidence/index.ts';
import { decideDrawingCommand, type DrawingPlaces } from './map/index.ts';
import type { Decided, Particulars, RecordView } from './record/index.ts';

type Asked = {
  readonly command: DeskCommand;
  readonly actor: PolicyActor;
  readonly personId: PersonId;
  readonly view: RecordView;
};

/** Decides what people ask for, each kind of command by the feature that it belongs to. */
export function createCommandDecider({
  countyId,
  pathOf,
  particulars,
  evidence,
  places,
  clock,
}: {
  countyId: CountyId;
  pathOf: CameraPath;
  particulars: Pick<Particulars, 'keep' | 'decideErasure'>;
  evidence: Pick<Evidence, 'decideErasure'>;
  places: DrawingPlaces;
  clock: Clock;
}) {
  return ({ command, actor, personId, view }: Asked): Result<Decided> => {
    switch (command.type) {
      case 'cameras.reportFault':
      case 'cameras.clearFault':
      case 'cameras.judgeUnmoving': {
        const body = command.type === 'cameras.reportFault' ? command.note : undefined;
        const kept = body === undefined ? null : particulars.keep({ kind: 'cameraNote', subject: `camera/${command.cameraId}`, body });
        const { cameras } = view.stateOf(countyFeed(countyId));
        const decided = decideCameraCommand(cameras, { command, note: kept?.link, actor, pathOf });
        return decided.ok ? granted({ facts: decided.value, ...kept?.decided }) : decided;
      }
      case 'record.eraseParticulars':
        return particulars.decideErasure(command, actor);
      case 'evidence.erase':
        return evidence.decideErasure(command, actor);
      case 'map.draw':
      case 'map.eraseDrawing': {
        const { drawings } = view.stateOf(countyFeed(countyId));
        const decided = decideDrawingCommand(drawings, { command, actor, personId, nowMs: clock.nowMs(), places });
        return decided.ok ? granted({ facts: decided.value }) : decided;
      }
    }
  };
}
