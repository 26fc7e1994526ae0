import type { MeasuredStream, StreamProbe, StreamQuality } from '#contract/cameras/index.ts';
import { type CameraId, granted, type Result, refused, type Timers } from '#contract/values/index.ts';
import type { CameraSources } from '#platform/cameras/ports.ts';
import { createDeadline } from '../deadline.ts';
import type { GatewayLimits } from '../limits.ts';
import type { TranscodeBudget } from '../renditions/index.ts';
import type { Measured, SourcePool } from '../source/sourcePool.ts';
import type { StreamMeasured } from './streamMeter.ts';

/** Why a stream is not even tried; nothing is known of it then. */
export type ProbePutOffCode = 'cameras.notConnected' | 'cameras.gatewayFull' | 'cameras.probeBusy';

export type ProbeStreamPorts = {
  readonly pool: Pick<SourcePool, 'measure'>;
  readonly sources: CameraSources;
  readonly budget: Pick<TranscodeBudget, 'isOpen'>;
  readonly timers: Timers;
  readonly limits: GatewayLimits;
};

/**
 * Finds out what one stream of a camera is: from what the pool has open, else opened through the pool for this alone and closed after it.
 * Never takes longer than `probeFirstMs` and `probeMs` together.
 */
export async function probeStream(
  { pool, sources, budget, timers, limits }: ProbeStreamPorts,
  { cameraId, quality }: { cameraId: CameraId; quality: StreamQuality },
): Promise<Result<StreamProbe, ProbePutOffCode>> {
  const source = sources.sourceOf(cameraId, quality);
  if (source === null) return refused('cameras.notConnected');
  if (source.kind === 'whep') return granted({ outcome: 'windowOnly', quality });
  const over = Promise.withResolvers<void>();
  const firstPicture = createDeadline(timers);
  const enough = createDeadline(timers);
  let measured: Measured | null = null;
  let hasPicture = false;

  // What came so far is what is known: a group that has not ended is told as "at least".
  const look = () => {
    if (measured === null) return;
    const found = measured.source.measured();
    if (found !== null && !hasPicture) {
      hasPicture = true;
      firstPicture.clear();
      enough.set(limits.probeMs, over.resolve);
    }
    if (measured.source.isStopped() || isEnough(found, measured) || isHopeless(measured)) over.resolve();
  };
  const opened = pool.measure({ cameraId, quality, onChange: look });
  if (!opened.ok) return opened;
  measured = opened.value;
  look();
  if (!hasPicture) firstPicture.set(limits.probeFirstMs, over.resolve);
  await over.promise;
  firstPicture.clear();
  enough.clear();
  const wasCut = measured.source.isStopped();
  const told = resultOf({ measured, quality, canEncode: budget.isOpen });
  await measured.leave();
  return wasCut ? refused('cameras.probeBusy') : granted(told);
}

// Two whole groups or a very long one.
const groupsWanted = 2;
const longGroupS = 10;
const secondsWanted = 4;
// A camera's first report of its clock (RFC 3550: within five seconds), and what it takes to prove it (sourceClock.ts).
const secondsForClock = 13;

function isEnough(found: StreamMeasured | null, { source }: Measured): boolean {
  if (found === null) return false;
  if (source.condition().kind === 'lost' && !goesOn(source)) return true;
  // What is encoded anew has groups of our own making.
  const isWhole = found.form === 'encoded' || found.groups >= groupsWanted || (found.group?.seconds ?? 0) >= longGroupS;
  return isWhole && found.seconds >= (mayProveClock(source) ? secondsForClock : secondsWanted);
}

function mayProveClock(source: Measured['source']): boolean {
  return source.figures().clockOffsetMs === null && source.reading()?.transport != null && source.measured()?.form !== 'encoded';
}

/** Whether more waiting would bring nothing: the camera says no, or what it sends is nothing that can be read. */
function isHopeless({ source }: Measured): boolean {
  const condition = source.condition();
  if (condition.kind !== 'lost' || goesOn(source)) return false;
  return condition.reason === 'refusedByCamera' || source.fault() !== null;
}

/** The next start goes another way by itself: over TCP, or with the new size of the picture. */
function goesOn(source: Measured['source']): boolean {
  return ['cameras.transportRefused', 'cameras.pictureChanged'].includes(source.fault() ?? '');
}

// A picture that was gone at once is none that plays.
const leastS = 1;

function resultOf({ measured: { source }, quality, canEncode }: { measured: Measured; quality: StreamQuality; canEncode: boolean }) {
  const found = source.measured();
  const condition = source.condition();
  const isGone = condition.kind === 'lost' && (found?.seconds ?? 0) < leastS;
  if (found !== null && !isGone) return measuredStream({ found, source, quality, canEncode });
  const reason = condition.kind === 'lost' ? condition.reason : 'noData';
  return { outcome: 'failed', quality, reason, code: source.fault() } satisfies StreamProbe;
}

function measuredStream({
  found,
  source,
  quality,
  canEncode,
}: {
  found: StreamMeasured;
  source: Measured['source'];
  quality: StreamQuality;
  canEncode: boolean;
}): MeasuredStream {
  const { camera, form, sizes, framesPerSecond, bitsPerSecond, group, hasBFrames, firstPictureMs } = found;
  const reading = source.reading();
  const { clockOffsetMs } = source.figures();
  // A device says how far it is ahead.
  const deviceOffsetMs = reading?.deviceClockOffsetMs == null ? null : -reading.deviceClockOffsetMs;
  const offsetMs = clockOffsetMs ?? deviceOffsetMs;
  return {
    outcome: 'measured',
    quality,
    plays: form === 'asItIs' ? form : canEncode ? 'encoded' : 'notAtAll',
    ...{ codec: camera.video.codec || null, profile: camera.video.profile, level: camera.video.level },
    ...{ widthPx: Math.max(1, camera.widthPx), heightPx: Math.max(1, camera.heightPx), sizes, framesPerSecond, group, hasBFrames },
    ...{ bitsPerSecond, firstPictureMs, audio: reading?.audio ?? null },
    ...{ transport: reading?.transport ?? null, isFallback: reading?.isFallback ?? false },
    pictureTime: clockOffsetMs === null ? 'arrival' : 'camera',
    clockOffsetMs: offsetMs === null ? null : Math.round(offsetMs),
  };
}
