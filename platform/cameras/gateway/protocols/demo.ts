import { isAbsolute } from 'node:path';
import type { CameraSource } from '#platform/cameras/ports.ts';
import { granted, refused } from '#contract/values/index.ts';
import type { SourceProtocol } from './protocol.ts';

/** Plays an MP4 for ever in real time. `file:` in front keeps a path from being read as another protocol. */
export const demoInput: SourceProtocol<Extract<CameraSource, { kind: 'demo' }>> = ({ source: { loop } }) =>
  isAbsolute(loop)
    ? granted(['-protocol_whitelist', 'file', '-re', '-stream_loop', '-1', '-i', `file:${loop}`])
    : refused('cameras.loopNotAbsolute');
