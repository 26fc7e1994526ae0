import { isAbsolute } from 'node:path';
import { granted, refused } from '#contract/values/index.ts';
import type { CameraSource } from '#platform/cameras/ports.ts';
import { type OpenInput, plainInput } from '../protocol.ts';

const reading = { protocol: 'demo', transport: null, isFallback: false, deviceClockOffsetMs: null } as const;

/** Plays an MP4 for ever in real time. `file:` in front keeps a path from being read as another protocol. */
export const openDemo: OpenInput<Extract<CameraSource, { kind: 'demo' }>> = async ({ source: { loop } }) =>
  isAbsolute(loop)
    ? granted(plainInput({ arguments: ['-protocol_whitelist', 'file', '-re', '-stream_loop', '-1', '-i', `file:${loop}`], reading }))
    : refused('cameras.loopNotAbsolute');
