import type { PolicyActor } from '#contract/access/index.ts';
import type { Camera } from '#contract/cameras/index.ts';
import type { EvidenceId, EvidencePicture } from '#contract/evidence/index.ts';
import type { ErasureReason } from '#contract/record/index.ts';
import type { CameraId, Clock, DeskId, PersonId, RegionId, Timers } from '#contract/values/index.ts';
import type { CameraGateway } from '../cameras/index.ts';
import type { Log, Secrets } from '../ports.ts';
import type { LastingList, Writer } from '../record/index.ts';
import type { EvidenceStore } from './store.ts';

/** Who asks: a person, at a desk, in a session. */
export type EvidenceAsker = {
  readonly personId: PersonId;
  readonly name: string;
  readonly deskId: DeskId;
  readonly sessionId: string;
  readonly actor: PolicyActor;
};

/** One picture that is gone for good: which, since when, why. */
export type EvidenceErasure = { readonly evidenceId: EvidenceId; readonly atMs: number; readonly reason: ErasureReason };

/** What kept pictures need from the data folder. */
export type EvidencePorts = {
  readonly store: EvidenceStore;
  /** Beside the store and never in a backup's way: an older one that is put back learns from it what must go again. */
  readonly erasures: LastingList<EvidenceErasure>;
};

/** Writes what is burned into a picture, in the words of a language and the county's time. */
export type WriteMark = (about: {
  readonly language: 'zh' | 'en';
  readonly camera: Pick<Camera, 'number' | 'name' | 'nameEn'>;
  readonly picture: Pick<EvidencePicture, 'atMs' | 'isProven' | 'rendition'>;
  readonly by: Pick<EvidenceAsker, 'name' | 'deskId'>;
  readonly reason: { readonly kind: string; readonly reference: string | null };
}) => { readonly lines: readonly string[]; readonly trace: string };

/** What keeping pictures needs from outside. */
export type KeepingPorts = {
  readonly evidence: EvidencePorts;
  readonly writer: Writer;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly secrets: Secrets;
  readonly log: Log;
  /** Regions above a camera; empty for an unknown one. */
  readonly pathOf: (cameraId: CameraId) => readonly RegionId[];
  readonly cameraOf: (cameraId: CameraId) => Camera | null;
  /** Whether somebody else lets this person see all of a camera now. */
  readonly isLifted: (cameraId: CameraId, viewer: Pick<EvidenceAsker, 'deskId' | 'sessionId'>) => boolean;
  readonly gateway: Pick<CameraGateway, 'snapshot' | 'canMask'>;
  readonly writeMark: WriteMark;
  /** What the person of a session may do now; null when it is over. */
  readonly actorOf: (sessionId: string) => PolicyActor | null;
  /** How somebody is called now; null for one without an account. */
  readonly nameOf: (personId: PersonId) => string | null;
  /** Base URL as desks reach it, e.g. http://127.0.0.1:7080. */
  readonly baseUrl: () => string;
};
