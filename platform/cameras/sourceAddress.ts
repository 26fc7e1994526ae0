import type { CameraPlayer } from '#contract/cameras/index.ts';
import { granted, type Result, refused } from '#contract/values/index.ts';
import { checkSourceUrl, type SourceNetworks, type SourceScheme, type SourceUrlRefusalCode } from './gateway/index.ts';
import type { CameraSource } from './ports.ts';

/** Kinds of source that an address in a county's list may name. */
export type AddressKind = Exclude<CameraSource['kind'], 'demo'>;

/** Why an address of a list is not taken. */
export type AddressRefusalCode = SourceUrlRefusalCode | 'cameras.urlKind' | 'cameras.urlRtmp' | 'cameras.urlStreamKey';

/** What a camera that sends by itself (a drone, 布控球) is written as: `rtmp-in:` and its stream key. */
const ownKey = /^rtmp-in:(.*)$/s;
/** Long enough not to be guessed, and nothing that means something in an address. */
const streamKey = /^[A-Za-z0-9_-]{12,64}$/;

/** The stream key of an address, null when it is no such address. */
export function streamKeyOf(address: string): string | null {
  return ownKey.exec(address)?.[1] ?? null;
}

/**
 * What kind of source an address names; null when it cannot be told. HTTP addresses are told apart by their path: a playlist ends in
 * `.m3u8`, WHEP has a part called `whep`, an ONVIF device is a bare host or has `/onvif/`.
 */
export function addressKind(address: string): AddressKind | null {
  if (streamKeyOf(address) !== null) return 'rtmp';
  const scheme = /^([a-z]+):/i.exec(address)?.[1]?.toLowerCase();
  if (scheme === 'rtsp' || scheme === 'rtsps') return 'rtsp';
  if (scheme === 'onvif') return 'onvif';
  if ((scheme !== 'http' && scheme !== 'https') || !URL.canParse(address)) return null;
  const { pathname } = new URL(address);
  if (/\.m3u8$/i.test(pathname)) return 'hls';
  if (/(^|\/)whep(\/|$)/i.test(pathname)) return 'whep';
  return pathname === '/' || /^\/onvif(\/|$)/i.test(pathname) ? 'onvif' : null;
}

const schemesOf: { readonly [Kind in Exclude<AddressKind, 'rtmp'>]: readonly SourceScheme[] } = {
  rtsp: ['rtsp', 'rtsps'],
  hls: ['http', 'https'],
  whep: ['http', 'https'],
  onvif: ['onvif', 'http', 'https'],
};

/** Checks an address of a county's list, whatever kind of source it names. */
export function checkSourceAddress(address: string, networks: SourceNetworks): Result<AddressKind, AddressRefusalCode> {
  if (/^rtmps?:/i.test(address)) return refused('cameras.urlRtmp');
  const key = streamKeyOf(address);
  if (key !== null) return streamKey.test(key) ? granted('rtmp') : refused('cameras.urlStreamKey');
  const kind = addressKind(address);
  // What is wrong with it otherwise comes first: a bad character or a foreign host says more than "unknown kind".
  const checked = checkSourceUrl(address, { networks, schemes: ['rtsp', 'rtsps', 'http', 'https', 'onvif'] });
  if (!checked.ok) return checked;
  if (kind === null || kind === 'rtmp') return refused('cameras.urlKind');
  const expected = checkSourceUrl(address, { networks, schemes: schemesOf[kind] });
  return expected.ok ? granted(kind) : expected;
}

/** A row of the table as the gateway opens it; null when its address was taken over by a version that knew more kinds. */
export function sourceFrom({ url, transport }: { url: string; transport: 'tcp' | 'udp' }): CameraSource | null {
  const kind = addressKind(url);
  switch (kind) {
    case null:
      return null;
    case 'rtmp':
      return { kind, streamKey: streamKeyOf(url) ?? '' };
    case 'hls':
    case 'whep':
      return { kind, url };
    case 'rtsp':
    case 'onvif':
      return { kind, url, transport };
  }
}

/** The players that a kind of source can serve. A window speaks to a WHEP camera itself: there is nothing to push. */
export function playersOf(kind: CameraSource['kind']): readonly CameraPlayer[] {
  return kind === 'whep' ? ['whep'] : ['push', 'hls'];
}
