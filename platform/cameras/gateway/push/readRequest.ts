import type { RawData } from 'ws';
import { PushRequest } from '#contract/cameras/index.ts';

/** Parses one message of a window; null for everything that is not one (binary, too long, no JSON, unknown shape). */
export function readRequest({ raw, isBinary, maxBytes }: { raw: RawData; isBinary: boolean; maxBytes: number }): PushRequest | null {
  if (isBinary || !Buffer.isBuffer(raw) || raw.length > maxBytes) return null;
  const parsed = PushRequest.safeParse(parseJson(raw.toString('utf8')));
  return parsed.success ? parsed.data : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
