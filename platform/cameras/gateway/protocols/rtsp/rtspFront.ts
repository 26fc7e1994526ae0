import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { accountOf, plainAddress } from '../../device/account.ts';
import type { PasswordTries } from '../../device/passwordTries.ts';
import { type ConnectRefusalCode, connectDevice, type DeviceTrust } from '../../device/connectDevice.ts';
import { createAddressBook } from './addressBook.ts';
import { audioOf } from './describedAudio.ts';
import { relayRtspSession, type SessionFault } from './rtspSession.ts';

/** What a front knows of why its session failed. */
export type FrontFault = SessionFault | ConnectRefusalCode;

/** A camera as ffmpeg may see it: an address on this machine without name and password, good for one connection. */
export type OpenedFront = { readonly localUrl: string; fault(): FrontFault | null; audio(): string | null; close(): void };

export type RtspFront = {
  /** `camera` may hold credentials and a pin; neither reaches ffmpeg. */
  open(camera: URL): Promise<OpenedFront>;
  close(): Promise<void>;
};

type Waiting = {
  readonly camera: URL;
  readonly localUrl: string;
  readonly sockets: Set<Socket>;
  fault: FrontFault | null;
  audio: string | null;
};

const requestWithinMs = 5_000;

/**
 * A listener on loopback between ffmpeg and all cameras. ffmpeg takes a password only in its arguments, which every process of this
 * machine can read; here it is asked for an address whose path is random and used up by the first connection.
 */
export function createRtspFront({ tries, trust }: { tries: PasswordTries; trust: DeviceTrust }): RtspFront {
  const waiting = new Map<string, Waiting>();
  const server = createServer((socket) => admit(socket));
  let listening: Promise<unknown> | null = null;

  // The first bytes name the source; until then nothing is known of who connects.
  function admit(socket: Socket): void {
    socket.on('error', () => socket.destroy()).setNoDelay(true);
    socket.setTimeout(requestWithinMs, () => socket.destroy());
    socket.once('data', (first: Buffer) => {
      socket.setTimeout(0).pause();
      const path = /^[A-Z]+ rtsp:\/\/127\.0\.0\.1:\d+\/([\w-]+)/.exec(first.toString('latin1', 0, 256))?.[1] ?? '';
      const source = waiting.get(path);
      waiting.delete(path);
      if (source === undefined) return socket.destroy();
      socket.unshift(first);
      void serve(source, socket);
    });
  }

  async function serve(source: Waiting, ffmpeg: Socket): Promise<void> {
    const { camera, localUrl, sockets } = source;
    const isSecure = camera.protocol === 'rtsps:';
    sockets.add(ffmpeg);
    const connected = await connectDevice({ url: camera, port: Number(camera.port || (isSecure ? 322 : 554)), isSecure, trust });
    if (!connected.ok) {
      source.fault = connected.refusal.code;
      return void ffmpeg.destroy();
    }
    if (ffmpeg.destroyed) return void connected.value.destroy();
    sockets.add(connected.value);
    const host = camera.hostname.replace(/^\[|\]$/g, '');
    relayRtspSession({
      ffmpeg,
      camera: connected.value,
      book: createAddressBook({ camera: plainAddress(camera), local: localUrl, host }),
      account: accountOf(camera),
      tries,
      newNonce: () => randomBytes(8).toString('hex'),
      onFault: (fault) => {
        source.fault ??= fault;
      },
      onDescribed: (description) => {
        source.audio = audioOf(description);
      },
    });
    ffmpeg.resume();
  }

  return {
    async open(camera) {
      listening ??= once(server.listen({ host: '127.0.0.1', port: 0 }), 'listening');
      await listening;
      const path = randomBytes(18).toString('base64url');
      const localUrl = `rtsp://127.0.0.1:${(server.address() as AddressInfo).port}/${path}`;
      const source: Waiting = { camera, localUrl, sockets: new Set(), fault: null, audio: null };
      waiting.set(path, source);
      return {
        localUrl,
        fault: () => source.fault,
        audio: () => source.audio,
        close() {
          waiting.delete(path);
          for (const socket of source.sockets) socket.destroy();
        },
      };
    },
    async close() {
      if (listening === null) return;
      await listening;
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
