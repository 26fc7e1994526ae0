import type { CameraClockChange, CameraFlapChange, CamerasState } from '#contract/cameras/index.ts';
import { type Actor, countyFeed } from '#contract/record/index.ts';
import { type Clock, type CountyId, granted, type Timers } from '#contract/values/index.ts';
import type { Log } from '../ports.ts';
import type { Writer } from '../record/index.ts';
import { decideSourceFacts } from './commands.ts';
import { createFlapDamper } from './flapDamper.ts';
import type { SourceChange } from './ports.ts';

/** Makes facts of what the gateway notices, decided like everything else; cameras that come and go all the time are counted instead. */
export type ChangeRecorder = {
  onSourceChange(change: SourceChange): void;
  onClockChange(change: CameraClockChange): void;
  close(): void;
};

/** `cameras` is what the record knows at the start. */
export function createChangeRecorder({
  writer,
  countyId,
  cameras,
  clock,
  timers,
  log,
}: {
  writer: Writer;
  countyId: CountyId;
  cameras: CamerasState;
  clock: Clock;
  timers: Timers;
  log: Log;
}): ChangeRecorder {
  const record = (change: SourceChange | CameraClockChange | CameraFlapChange): void => {
    void writer
      .submit({
        key: null,
        actor: 'system/gateway' as Actor,
        decide: (view) => granted({ facts: decideSourceFacts(view.stateOf(countyFeed(countyId)).cameras, change) }),
      })
      .then((outcome) => {
        if (!outcome.ok) log.warn({ ...change, code: outcome.refusal.code }, 'a change of a camera could not be recorded');
      });
  };
  const flapping = [...cameras.values()].flatMap(({ cameraId, flapping: known }) =>
    known == null ? [] : [{ cameraId, losses: known.losses }],
  );
  const damper = createFlapDamper({ clock, timers, flapping, onChange: record });
  return { onSourceChange: damper.note, onClockChange: record, close: damper.close };
}
