import { headerOf, type RtspMessage } from './rtspReader.ts';

/**
 * Which address of the camera stands behind each address that ffmpeg is told. ffmpeg only ever sees loopback ones: what a camera writes
 * into its description or headers can send it nowhere else.
 */
export type AddressBook = {
  /** The camera's address for a request of ffmpeg; null for one that was never told. */
  toCamera(request: { method: string; uri: string }): string | null;
  /** A reply with every address replaced. */
  toFfmpeg(reply: RtspMessage): RtspMessage;
};

// Addresses of the camera, and credentials' questions: not ffmpeg's business.
const droppedHeaders = new Set(['content-base', 'content-location', 'location', 'rtp-info', 'www-authenticate', 'proxy-authenticate']);

/** `camera` is its address without credentials, `local` what ffmpeg was started with, `host` the camera's IP address. */
export function createAddressBook({ camera, local, host }: { camera: string; local: string; host: string }): AddressBook {
  const controls: string[] = [];
  // What PLAY and TEARDOWN are about, once the description has told it.
  let whole = camera;

  const controlFor = (address: string): string => {
    const at = controls.indexOf(address);
    const number = at === -1 ? controls.push(address) - 1 : at;
    return `${local}/track-${number}`;
  };

  const rewriteDescription = (reply: RtspMessage): Buffer => {
    const base = headerOf(reply.headers, 'content-base') ?? headerOf(reply.headers, 'content-location') ?? camera;
    whole = base;
    let isMedia = false;
    const lines = reply.body.toString('latin1').split(/\r?\n/);
    const rewritten = lines.flatMap((line) => {
      if (line.startsWith('m=')) isMedia = true;
      // ffmpeg would take an address from here for multicast; the camera's media come from the camera.
      if (line.startsWith('c=')) return ['c=IN IP4 0.0.0.0'];
      const control = /^a=control:\s*(\S+)/i.exec(line)?.[1];
      if (control === undefined) return [line];
      if (isMedia) return [`a=control:${controlFor(absolute(control, base))}`];
      if (control !== '*') whole = absolute(control, base);
      return [];
    });
    return Buffer.from(rewritten.join('\r\n'), 'latin1');
  };

  return {
    toCamera({ method, uri }) {
      if (uri !== local && !uri.startsWith(`${local}/`)) return null;
      const track = /^\/track-(\d{1,3})$/.exec(uri.slice(local.length))?.[1];
      if (track !== undefined) return controls[Number(track)] ?? null;
      return method === 'OPTIONS' || method === 'DESCRIBE' ? camera : whole;
    },
    toFfmpeg(reply) {
      const isDescription = /^application\/sdp\b/i.test(headerOf(reply.headers, 'content-type') ?? '');
      const headers = reply.headers
        .filter(([name]) => !droppedHeaders.has(name.toLowerCase()))
        .map(([name, value]) =>
          name.toLowerCase() === 'transport' ? ([name, ownTransport(value, host)] as const) : ([name, value] as const),
        );
      return { startLine: reply.startLine, headers, body: isDescription ? rewriteDescription(reply) : reply.body };
    },
  };
}

function absolute(control: string, base: string): string {
  if (/^rtsps?:\/\//i.test(control)) return control;
  if (control === '*') return base;
  return base.endsWith('/') || control.startsWith('/') ? `${base}${control.replace(/^\//, '')}` : `${base}/${control}`;
}

/** Over UDP ffmpeg answers to whom the reply names: the camera itself and nobody else. */
function ownTransport(value: string, host: string): string {
  const kept = value.split(';').filter((part) => !/^\s*(source|destination)=/i.test(part));
  return /client_port=/i.test(value) ? [...kept, `source=${host}`].join(';') : kept.join(';');
}
