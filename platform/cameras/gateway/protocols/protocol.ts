import type { Writable } from 'node:stream';
import type { StreamQuality } from '#contract/cameras/index.ts';
import type { CameraId, Result } from '#contract/values/index.ts';
import type { CameraSource, SourceReading } from '#platform/cameras/ports.ts';
import type { SourceUrlRefusalCode } from '../checkSourceUrl.ts';
import type { LostReason } from '../source/faultReason.ts';

/** Why a source cannot even be tried. */
export type InputRefusalCode =
  | SourceUrlRefusalCode
  | 'cameras.loopNotAbsolute'
  /** Its windows play it themselves; there is nothing to read here. */
  | 'cameras.windowsOnly'
  | 'cameras.rtmpClosed';

/** How long ffmpeg may study a source before it writes: `patient` for cameras that do not say their picture's size at once. */
export type Study = 'quick' | 'patient';

/** One start of a source. `transport: 'tcp'` overrides what the source asks for: over UDP nothing came. */
export type InputAsked<Source = CameraSource> = {
  readonly source: Source;
  readonly cameraId: CameraId;
  readonly quality: StreamQuality;
  readonly study: Study;
  readonly transport: 'asked' | 'tcp';
};

/** Why a start failed, where the input knows it better than ffmpeg's words do. */
export type InputFault = { readonly reason: LostReason; readonly code: string };

/** One start's input: what ffmpeg is asked to read, and what goes on beside it. */
export type OpenedInput = {
  /** The input half of an ffmpeg argument array. Never holds a secret: every process of the machine can read it. */
  readonly arguments: readonly string[];
  readonly reading: SourceReading;
  /** The sound's codec, `none` where there is none, null as long as the camera has not said; absent where none says it. */
  readonly audio?: () => string | null;
  /** Writes ffmpeg's standard input; null where it reads from somewhere else. */
  readonly feed: ((stdin: Writable) => void) | null;
  /** Asked when ffmpeg has ended; null = ffmpeg's words stand. */
  fault(): InputFault | null;
  /** Ends what goes on beside ffmpeg; called once, when it has ended. */
  close(): void;
};

/** What came of trying to open an input. A fault is a device that was asked in vain: it is tried again. */
export type InputOpening = Promise<Result<OpenedInput, InputRefusalCode> | { readonly ok: 'fault'; readonly fault: InputFault }>;

/** What a kind of source contributes: how one start of it is read. */
export type OpenInput<Source = CameraSource> = (asked: InputAsked<Source>) => InputOpening;

/** An input without anything beside ffmpeg. */
export function plainInput({ arguments: args, reading }: Pick<OpenedInput, 'arguments' | 'reading'>): OpenedInput {
  return { arguments: args, reading, feed: null, fault: () => null, close: () => {} };
}
