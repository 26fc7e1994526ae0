import type { LostReason } from '../source/faultReason.ts';
import type { InputFault } from './protocol.ts';

// What the record tells of a fault; `code` keeps the rest for the health page and the log.
const reasons = {
  'cameras.wrongPassword': 'refusedByCamera',
  'cameras.passwordWanted': 'refusedByCamera',
  'cameras.redirected': 'refusedByCamera',
  'cameras.transportRefused': 'refusedByCamera',
  'cameras.certificateUnknown': 'refusedByCamera',
  'cameras.certificateChanged': 'refusedByCamera',
  'cameras.deviceUnreachable': 'noData',
  'cameras.deviceSilent': 'noData',
  'cameras.notRtsp': 'unplayable',
  'cameras.answerTooLarge': 'unplayable',
  'cameras.answerTruncated': 'noData',
  'cameras.hlsStatus': 'refusedByCamera',
  'cameras.hlsNotAPlaylist': 'unplayable',
  'cameras.hlsNoDuration': 'unplayable',
  'cameras.hlsTooLong': 'unplayable',
  'cameras.hlsEncrypted': 'unplayable',
  'cameras.hlsByteRanges': 'unplayable',
  'cameras.hlsEnded': 'exited',
  'cameras.hlsStuck': 'noData',
  'cameras.hlsChanged': 'exited',
  'cameras.rtmpNobody': 'noData',
  'cameras.rtmpCodec': 'unplayable',
  'cameras.onvifUnreadable': 'unplayable',
  'cameras.onvifRefused': 'refusedByCamera',
  'cameras.onvifNoService': 'unplayable',
  'cameras.onvifNoProfile': 'unplayable',
  'cameras.urlMalformed': 'unplayable',
  'cameras.urlScheme': 'unplayable',
  'cameras.urlAddressNotLiteral': 'refusedByCamera',
  'cameras.urlAddressNotConfigured': 'refusedByCamera',
} as const satisfies Readonly<Record<string, LostReason>>;

/** What a device was found to do wrong, by name. */
export type FaultCode = keyof typeof reasons;

/** A fault as the source's keeper wants it; null stays null. */
export function faultOf(code: FaultCode | null): InputFault | null {
  return code === null ? null : { reason: reasons[code], code };
}

/** An opening that failed by a known fault. */
export function faulty(code: FaultCode): { readonly ok: 'fault'; readonly fault: InputFault } {
  return { ok: 'fault', fault: { reason: reasons[code], code } };
}
