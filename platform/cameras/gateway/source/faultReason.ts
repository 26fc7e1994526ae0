import type { SourceChange } from '#platform/cameras/ports.ts';
import type { Study } from '../protocols/protocol.ts';

/** Why pictures stopped, as the record tells it. */
export type LostReason = Extract<SourceChange, { source: 'lost' }>['reason'];

// ffmpeg's own words (libavformat/rtsp.c, libavutil/error.c).
const reasons: readonly (readonly [RegExp, LostReason])[] = [
  [/\b(401|403|404|454) |Unauthorized|Forbidden|Not Found|method (DESCRIBE|SETUP|PLAY) failed: 4/i, 'refusedByCamera'],
  [/Connection refused|timed out|Timeout|No route to host|unreachable|Connection reset|Broken pipe/i, 'noData'],
  [/Invalid data found|matches no streams|does not contain any stream|Could not find tag|codec not currently supported/i, 'unplayable'],
];

/** Reads ffmpeg's complaints; `exited` when they name no reason that we know. */
export function faultReason(errorText: string): LostReason {
  return reasons.find(([words]) => words.test(errorText))?.[1] ?? 'exited';
}

/** How to try again: ffmpeg gave up before it had seen the picture's size, so the next start studies longer. */
export function nextStudy(errorText: string): Study {
  return /unspecified size|dimensions not set|Could not find codec parameters/i.test(errorText) ? 'patient' : 'quick';
}

/** Whether ffmpeg understood the pictures and only has no place for them in MP4 as they are. */
export function cannotBeCopied(errorText: string): boolean {
  return /Could not find tag for codec|codec not currently supported in container/i.test(errorText);
}

/** Takes credentials out of text that goes to a log: everything between `//` and the last `@` of a word. */
export function withoutSecrets(text: string): string {
  return text.replace(/\/\/\S*@/g, '//***@');
}
