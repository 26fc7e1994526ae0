import type { z } from 'zod';
import type { PolicyActor } from '#contract/access/index.ts';
import type { probeFacts } from '#contract/audit/index.ts';
import type { Camera, CameraProbe, CamerasState, StreamProbe, StreamQuality } from '#contract/cameras/index.ts';
import type { CameraId, Clock, DeskId, PersonId, Randomness, Result, Timers } from '#contract/values/index.ts';
import type { Log } from '../../ports.ts';
import type { CameraPath } from '../commands.ts';
import type { CameraGateway } from '../ports.ts';

/** Who asks: a person, at a desk. */
export type ProbeAsker = { readonly personId: PersonId; readonly deskId: DeskId; readonly actor: PolicyActor };

/** Who asked, for the record. */
export type ProbeFact = {
  [Type in keyof typeof probeFacts]: { readonly type: Type; readonly payload: z.infer<(typeof probeFacts)[Type]> };
}[keyof typeof probeFacts];

/** What probing needs from outside. */
export type ProbePorts = {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly randomness: Randomness;
  readonly log: Log;
  readonly pathOf: CameraPath;
  readonly cameraOf: (cameraId: CameraId) => Camera | null;
  readonly cameras: () => readonly Camera[];
  /** What the record knows now. */
  readonly conditions: () => CamerasState;
  /**
   * Where a camera is read from: cameras of one recorder are looked at one after the other. Null for what is only looked at when somebody asks
   * for it: loops of a demo, and cameras that send when they like.
   */
  readonly hostOf: (cameraId: CameraId) => string | null;
  readonly probeStream: (cameraId: CameraId, quality: StreamQuality) => Promise<Result<StreamProbe>>;
  readonly openSources: CameraGateway['openSources'];
  /** Writes what was found; nothing when the record says so already. */
  readonly recordProbe: (found: { readonly cameraId: CameraId; readonly probe: CameraProbe }) => Promise<void>;
  /** Writes who asked; false = it cannot be, and then nothing is opened. */
  readonly recordAsked: (by: PersonId, fact: ProbeFact) => Promise<boolean>;
};
