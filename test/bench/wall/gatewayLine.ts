import { z } from 'zod';
import { routes } from '#contract/bus/index.ts';
import { openPushWindow } from '#test/fakes/pushWindow.ts';
import { fps, loopFrames } from './loops.ts';
import { passing } from './passing.ts';
import { type StartedProgram, startProgram } from './processes.ts';
import { tokenFor } from './tokens.ts';
import type { StreamQuality } from '#contract/cameras/index.ts';

/** The gateway of a run and when its pictures were there at the earliest. */
export type GatewayLine = {
  readonly pid: number;
  readonly url: string;
  readonly pushUrl: string;
  /** How old a picture is at a moment, ms: since its last bit could have been at the gateway. */
  ageMs(picture: { camera: number; quality: StreamQuality; frame: number; atMs: number }): number;
  end(): Promise<void>;
};

/** Starts the gateway, opens every source once and looks when its pictures arrive. */
export async function startGatewayLine({
  loops,
  cameras,
  qualities,
}: {
  loops: number;
  cameras: number;
  qualities: readonly StreamQuality[];
}): Promise<GatewayLine> {
  const program = await startProgram({ file: 'gatewayProcess.ts', words: [`${loops}`], ready: z.object({ url: z.string() }) });
  const { url } = program.ready;
  const pushUrl = `${url.replace('http', 'ws')}${routes.mediaPush}`;
  const starts = new Map<string, number>();
  for (const quality of qualities) {
    const found = await startsOf({ pushUrl, cameras, quality });
    for (const [camera, atMs] of found) starts.set(`${camera} ${quality}`, atMs);
  }
  return { ...lineOf({ program, starts }), url, pushUrl };
}

function lineOf({ program, starts }: { program: StartedProgram<{ url: string }>; starts: ReadonlyMap<string, number> }) {
  const frameMs = 1000 / fps;
  const loopMs = loopFrames * frameMs;
  return {
    pid: program.pid,
    end: program.end,
    ageMs: ({ camera, quality, frame, atMs }: Parameters<GatewayLine['ageMs']>[0]) => {
      const startMs = starts.get(`${camera} ${quality}`) ?? Number.NaN;
      const age = (atMs - startMs - (frame + 1) * frameMs) % loopMs;
      // A picture may be there a little before its time, when a source hurries after a late start.
      return ((age + loopMs + 1_000) % loopMs) - 1_000;
    },
  };
}

/** Cameras know nothing of each other: their frames come at different moments. No multiple of it is a frame's length. */
const apartMs = 37;

/** When media time 0 of each source was at the gateway, by the earliest of its fragments of the first seconds. */
async function startsOf({ pushUrl, cameras, quality }: { pushUrl: string; cameras: number; quality: StreamQuality }) {
  const windowId = 'w-look';
  const window = await openPushWindow({ url: pushUrl, window: windowId });
  for (let camera = 1; camera <= cameras; camera += 1) {
    window.tell({ type: 'open', channel: camera, token: tokenFor({ camera, quality, windowId }) });
    await passing(apartMs);
  }
  const enough = 12;
  const ofCamera = (camera: number) => window.received.filter(({ channel, isInit }) => channel === camera && !isInit);
  const numbers = Array.from({ length: cameras }, (_, index) => index + 1);
  await new Promise<void>((resolve) => {
    const look = setInterval(() => {
      if (numbers.some((camera) => ofCamera(camera).length < enough)) return;
      clearInterval(look);
      resolve();
    }, 200);
  });
  await window.close();
  return numbers.map((camera) => {
    const ends = ofCamera(camera).map(({ arrivedAtMs, mediaTime, durationS }) => arrivedAtMs - (mediaTime + durationS) * 1000);
    return [camera, Math.min(...ends)] as const;
  });
}
