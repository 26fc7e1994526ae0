import type { PushNotice } from './push.ts';

/**
 * Reads what a gateway says beside the pictures, without the schema: a window's push worker is up before the first picture is asked for and holds
 * no more than it needs. Null for everything that `PushNotice` refuses (pushNotice.test.ts holds the two together).
 */
export function readPushNotice(told: unknown): PushNotice | null {
  return isRecord(told) && isNotice(told) ? (told as unknown as PushNotice) : null;
}

type Told = Readonly<Record<string, unknown>>;

function isNotice(told: Told): boolean {
  if (!isWhole(told['channel'], 0xffff_ffff) || told['channel'] === 0) return false;
  switch (told['type']) {
    case 'opened':
      return has(told, 5) && isId(told['cameraId']) && isQuality(told['quality']) && isText(told['mimeType'], 120);
    case 'refused':
    case 'closed':
      return has(told, 3) && isText(told['code'], 64);
    case 'source':
      return has(told, 3) && isRecord(told['source']) && isSource(told['source']);
    case 'clock':
      return has(told, 3) && Number.isFinite(told['offsetMs']);
    default:
      return false;
  }
}

function isSource(source: Told): boolean {
  switch (source['kind']) {
    case 'flowing':
      return has(source, 1);
    case 'lost':
    case 'unmoving':
      return has(source, 2) && isWhole(source['sinceMs'], lastEpochMs);
    default:
      return false;
  }
}

// The last moment that a Date can name, as in contract/values (`EpochMs`).
const lastEpochMs = 8_640_000_000_000_000;
// contract/values (`CameraId`).
const id = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Each of its fields is looked at by name: one more than those is one that is not known. */
function has(told: Told, fields: number): boolean {
  return Object.keys(told).length === fields;
}

function isRecord(value: unknown): value is Told {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWhole(value: unknown, most: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= most;
}

function isText(value: unknown, mostLength: number): boolean {
  return typeof value === 'string' && value.length <= mostLength;
}

function isId(value: unknown): boolean {
  return typeof value === 'string' && id.test(value);
}

function isQuality(value: unknown): boolean {
  return value === 'main' || value === 'sub';
}
