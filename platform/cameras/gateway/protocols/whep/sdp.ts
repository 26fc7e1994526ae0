import { granted, type Result, refused } from '#contract/values/index.ts';
import { whepLimits } from '#contract/cameras/index.ts';
import { isAllowedAddress, type SourceNetworks } from '../../checkSourceUrl.ts';

/** Why a session description is not passed on. */
export type SdpRefusalCode = 'cameras.sdpMalformed' | 'cameras.sdpSends' | 'cameras.sdpNoCandidates';

const maxLines = 2_000;
const maxMedia = 8;

/** Reads a description's lines; refuses what is none, or has no key to trust the other side by. */
function linesOf(text: string): Result<readonly string[], 'cameras.sdpMalformed'> {
  const lines = text.split(/\r?\n/, maxLines + 1).filter((line) => line !== '');
  const media = lines.filter((line) => line.startsWith('m='));
  const isWhole =
    Buffer.byteLength(text) <= whepLimits.sdpBytes &&
    lines.length <= maxLines &&
    lines[0] === 'v=0' &&
    lines.every((line) => /^[a-z]=[^\u0000-\u001f\u007f]{0,4096}$/.test(line)) &&
    media.length > 0 &&
    media.length <= maxMedia &&
    media.some((line) => line.startsWith('m=video ')) &&
    // An empty fingerprint has killed media servers; a missing one trusts everybody.
    lines.some((line) => /^a=fingerprint:sha-(256|384|512) ([0-9A-F]{2}:){31,63}[0-9A-F]{2}$/i.test(line)) &&
    lines.some((line) => /^a=ice-ufrag:\S{4,256}$/.test(line)) &&
    lines.some((line) => /^a=ice-pwd:\S{22,256}$/.test(line));
  return isWhole ? granted(lines) : refused('cameras.sdpMalformed');
}

/** A window's offer: it may receive, never send. Nobody's microphone goes to a camera by way of looking at it. */
export function checkOffer(text: string): Result<string, SdpRefusalCode> {
  const lines = linesOf(text);
  if (!lines.ok) return lines;
  const media = lines.value.filter((line) => line.startsWith('m=')).length;
  const quiet = lines.value.filter((line) => line === 'a=recvonly' || line === 'a=inactive').length;
  const isSending = lines.value.some((line) => line === 'a=sendrecv' || line === 'a=sendonly' || line.startsWith('a=ssrc:'));
  return isSending || quiet < media ? refused('cameras.sdpSends') : granted(written(lines.value));
}

/** A camera's answer, without the addresses that no camera may have: a window would knock at every one of them. */
export function checkAnswer(text: string, networks: SourceNetworks): Result<string, SdpRefusalCode> {
  const lines = linesOf(text);
  if (!lines.ok) return lines;
  const kept = lines.value.filter((line) => !line.startsWith('a=candidate:') || isCameraCandidate(line, networks));
  if (!kept.some((line) => line.startsWith('a=candidate:'))) return refused('cameras.sdpNoCandidates');
  return granted(written(kept.map((line) => (line.startsWith('c=') ? 'c=IN IP4 0.0.0.0' : line))));
}

function isCameraCandidate(line: string, networks: SourceNetworks): boolean {
  const [, , , , address = '', port = ''] = line.split(' ');
  const related = / raddr (\S+)/.exec(line)?.[1] ?? address;
  const isOurs = (each: string) => each === '0.0.0.0' || each === '::' || isAllowedAddress(each, networks);
  return isAllowedAddress(address, networks) && isOurs(related) && Number(port) > 0 && Number(port) < 65_536;
}

function written(lines: readonly string[]): string {
  return `${lines.join('\r\n')}\r\n`;
}
