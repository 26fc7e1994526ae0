/** Times, sizes and counts of the gateway. Defaults from media.md; tests shorten the times. */
export type GatewayLimits = {
  /** Sources open at once over all cameras; one more is refused with `cameras.gatewayFull`. */
  readonly maxSources: number;
  /** Processes started per second: a gateway that restarts must not open every camera at once. */
  readonly startsPerSecond: number;
  /** A source without viewers ends after this. */
  readonly idleStopMs: number;
  /** No first fragment after a start: killed and started again. Longer than the 10 s GOPs of "smart" codecs and a patient study. */
  readonly firstFragmentMs: number;
  /** The same for a first try over UDP: where a firewall swallows it, TCP is tried soon. */
  readonly silentUdpMs: number;
  /** No fragment for this long: the source is lost (its process may still recover). Less than the 3 s after which a tile has to say so. */
  readonly silentLostMs: number;
  /** No fragment for this long: the process is frozen; killed and started again. */
  readonly silentRestartMs: number;
  /** A polite end (RTSP TEARDOWN) may take this long. */
  readonly politeStopMs: number;
  /** A run that flowed this long makes the next restart a first one again. */
  readonly steadyAfterMs: number;
  readonly restartFirstMs: number;
  readonly restartMaxMs: number;
  /** Without pictures this long, the platform is told that the camera's source is lost. */
  readonly tellLostAfterMs: number;
  /** A probe waits this long for a first picture (a start that is given up, and one more), and looks this long at what comes. */
  readonly probeFirstMs: number;
  readonly probeMs: number;
  /** One key picture of each source is looked at this often; nothing changed in it for `stillAfterMs` = unmoving (media.md). */
  readonly lookEveryMs: number;
  readonly stillAfterMs: number;
  /** A camera's clock that is further off than this is wrong. */
  readonly clockWrongMs: number;
  /**
   * A group of pictures is kept for new and slow viewers up to this size and length; beyond it they wait for the next key frame. "Smart"
   * codecs have groups of 10 s and more, some encoders never send a second key frame.
   */
  readonly maxGopBytes: number;
  readonly maxGopS: number;
  readonly helloWithinMs: number;
  readonly maxChannelsPerSocket: number;
  /** 64 tiles that acknowledge four fragments a second stay far below it. */
  readonly maxMessagesPerSecond: number;
  readonly maxMessageBytes: number;
  readonly maxStrikes: number;
  /** Fragments of a small picture that nobody looks at closely are joined until they last so long: half as many to write, read and append. */
  readonly pushJoinS: number;
  /** A socket that answers no ping for two of these is dead. */
  readonly pingEveryMs: number;
  /** protocol.md, "Media grants". */
  readonly recheckEveryMs: number;
  readonly hlsTargetS: number;
  /** A part of a low-latency stream is at least so long, except at a key frame. */
  readonly hlsPartS: number;
  /** Streams of one window that may wait for parts over HTTP/1.1, where a browser has six connections to a host. */
  readonly hlsBlockingPerWindow: number;
  /** A request for what comes next is given up after this. */
  readonly hlsBlockingMs: number;
  /** Segments in a playlist; long live playlists leak in players (hls.js #1235). */
  readonly hlsSegments: number;
  readonly hlsMaxSegmentBytes: number;
  readonly hlsFirstSegmentMs: number;
  readonly hlsViewerMs: number;
};

/** What a gateway uses when nothing else is configured. */
export const gatewayLimits: GatewayLimits = {
  maxSources: 256,
  startsPerSecond: 16,
  idleStopMs: 15_000,
  firstFragmentMs: 20_000,
  silentUdpMs: 6_000,
  silentLostMs: 2_500,
  silentRestartMs: 8_000,
  politeStopMs: 1_000,
  steadyAfterMs: 10_000,
  restartFirstMs: 500,
  restartMaxMs: 15_000,
  tellLostAfterMs: 5_000,
  probeFirstMs: 30_000,
  probeMs: 15_000,
  lookEveryMs: 60_000,
  stillAfterMs: 10 * 60_000,
  clockWrongMs: 60_000,
  maxGopBytes: 16 * 1024 * 1024,
  maxGopS: 30,
  helloWithinMs: 5_000,
  maxChannelsPerSocket: 64,
  maxMessagesPerSecond: 2_000,
  maxMessageBytes: 64 * 1024,
  maxStrikes: 3,
  pushJoinS: 0.4,
  pingEveryMs: 15_000,
  recheckEveryMs: 30_000,
  hlsTargetS: 2,
  hlsPartS: 0.4,
  hlsBlockingPerWindow: 5,
  hlsBlockingMs: 6_000,
  hlsSegments: 6,
  hlsMaxSegmentBytes: 32 * 1024 * 1024,
  hlsFirstSegmentMs: 10_000,
  hlsViewerMs: 15_000,
};
