import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WebSocket } from 'ws';
import type { ViewEnd } from '#contract/audit/index.ts';
import type { CameraSourceChange, FoundDevice, MaskAreas, StreamProbe, StreamQuality } from '#contract/cameras/index.ts';
import type { FlowFigures } from './gateway/truth/flowFigures.ts';
import type { PtzDevice } from './ptz/ports.ts';
import type { CameraId, Result, WindowId } from '#contract/values/index.ts';

/**
 * Where a camera's pictures come from. Never leaves the platform. `loop` = path of an MP4 that is played for ever in real time; `url` may
 * hold an account and a certificate's pin. `onvif` is a device that is asked for its own addresses; `rtmp` one that sends by itself.
 */
export type CameraSource =
  | { readonly kind: 'demo'; readonly loop: string }
  | { readonly kind: 'rtsp'; readonly url: string; readonly transport: 'tcp' | 'udp' }
  | { readonly kind: 'hls'; readonly url: string }
  | { readonly kind: 'whep'; readonly url: string }
  | { readonly kind: 'onvif'; readonly url: string; readonly transport: 'tcp' | 'udp' }
  | { readonly kind: 'rtmp'; readonly streamKey: string };

/** How an open source is read: for the grade and the health page. */
export type SourceReading = {
  readonly protocol: CameraSource['kind'];
  /** Null where it is no question. */
  readonly transport: 'tcp' | 'udp' | null;
  /** It was asked for over UDP, where nothing came. */
  readonly isFallback: boolean;
  /** The device's own clock minus ours when it was last asked; null = it was not. Unit: ms. */
  readonly deviceClockOffsetMs: number | null;
  /** The sound's codec as the camera's session description names it, `none` where it names none; null or absent = it did not say. */
  readonly audio?: string | null;
};

/** Finds a camera's source; null when this gateway does not serve that camera in that quality. */
export type CameraSources = {
  sourceOf(cameraId: CameraId, quality: StreamQuality): CameraSource | null;
  /** Stream keys of cameras that send by themselves; absent = there are none. */
  streamKeys?(): ReadonlySet<string>;
};

/**
 * What a valid media token stands for. With `masks` it opens the picture with these areas burned over and nothing else; absent = the plain
 * picture.
 */
export type OpenedGrant = {
  readonly cameraId: CameraId;
  readonly quality: StreamQuality;
  readonly windowId: WindowId;
  readonly grantId: string;
  readonly masks?: MaskAreas | undefined;
};

/**
 * Media tokens as the gateway sees them. `redeem` is asked when a stream is opened (and for each HLS request); `isStillAllowed` at each
 * change of session or right and every 30 s for streams that stay open: false closes them within 10 s.
 */
export type MediaGrants = {
  redeem(token: string): OpenedGrant | null;
  isStillAllowed(grant: OpenedGrant): boolean;
  /** Why one is no longer allowed, as the window is told; absent = its right is gone. */
  endCode?(grant: OpenedGrant): 'access.notAllowed' | 'cameras.renditionChanged';
  /** The same of a token that opens nothing (any more); absent = its right is gone. */
  tokenEndCode?(token: string): 'access.notAllowed' | 'cameras.renditionChanged';
  /**
   * A window is about to get pictures by this grant. Told once for each push channel, and once for all HLS requests of a window. Nothing
   * may be sent before it resolves, and nothing at all when it resolves false: this look could not be written down.
   */
  viewOpened(grant: OpenedGrant): Promise<boolean>;
  /** It gets none any more; once for each `viewOpened` that was true, also when the gateway closes. */
  viewClosed(grant: OpenedGrant, why: ViewEnd): void;
  /** Told when rights may have changed; returns the unsubscriber. */
  onRightsChanged(listener: () => void): () => void;
};

/** What the gateway noticed about a camera; the platform makes a fact of it. Told on changes only. */
export type SourceChange = CameraSourceChange;

/** What is written into a kept picture, once it is known when that was taken: lines below it, and one faintly across it. */
export type MarkOf = (picture: { readonly atMs: number; readonly isProven: boolean }) => {
  readonly lines: readonly string[];
  readonly trace: string;
};

/** A picture to keep: JPEG without metadata, with its mark burned in. `atMs` platform time; `isProven` by the camera's own clock. */
export type Snapshot = {
  readonly jpeg: Uint8Array;
  readonly atMs: number;
  readonly isProven: boolean;
  readonly widthPx: number;
  readonly heightPx: number;
};

/** `noPicture`: none came; `cannotMark`: it could not be drawn with its mark, and without it none is made. */
export type SnapshotRefusalCode = 'evidence.noPicture' | 'evidence.cannotMark';

/** The embedded camera gateway. Replaceable by an outside media server: nothing else of the platform touches pictures. */
export type CameraGateway = {
  /** Serves `routes.mediaHls` requests; false when the path is not the gateway's. */
  handleHttp(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  /** Serves one accepted push socket until it closes. */
  handlePushSocket(socket: WebSocket): void;
  /** Whether masks can be burned in here at all; where they cannot, a masked camera has no picture. */
  readonly canMask: boolean;
  /** Sources that are open now and their viewers: for the health page and tests. */
  openSources(): readonly {
    cameraId: CameraId;
    quality: StreamQuality;
    isMasked: boolean;
    viewers: number;
    processId: number | null;
    state: 'starting' | 'flowing' | 'unmoving' | 'lost';
    /** Since when it is so, epoch ms. */
    sinceMs: number;
    restarts: number;
    figures: FlowFigures;
    /** Null before the first start. */
    reading: SourceReading | null;
    /** What the last failed start is known to have failed by, e.g. `cameras.wrongPassword`; null while it flows, or when only ffmpeg knows. */
    fault: string | null;
  }[];
  /**
   * Finds out what one stream is; takes up to three quarters of a minute for a stream that is not open. Refused when it is not even tried:
   * `notConnected`, `gatewayFull`, `probeBusy` (contract/cameras/probe).
   */
  probe(cameraId: CameraId, quality: StreamQuality): Promise<Result<StreamProbe>>;
  /** The newest picture of a camera, drawn for keeping; with `masks` out of the rendition that never was without them. */
  snapshot(asked: {
    cameraId: CameraId;
    masks?: MaskAreas | undefined;
    markOf: MarkOf;
    /** Greatest length of the JPEG. Unit: bytes. */
    mostBytes: number;
  }): Promise<Result<Snapshot, SnapshotRefusalCode>>;
  /** How a camera is steered; null when nothing says so. */
  ptzDevice(cameraId: CameraId): PtzDevice | null;
  /** Asks the camera networks which ONVIF devices there are; takes some seconds. */
  discover(): Promise<readonly FoundDevice[]>;
  /** Ends all sockets and processes; resolves when the last process is gone. */
  close(): Promise<void>;
};
