import type { HlsConfig } from 'hls.js';

/** hls.js is made for films; these are the settings of a wall that plays for months (media.md, "hls.js"). Seconds and bytes. */
export const hlsSettings: Partial<HlsConfig> = {
  // Fragmented MP4 needs no transmuxing, so there is nothing for its worker to do.
  enableWorker: false,
  lowLatencyMode: true,
  backBufferLength: 6,
  maxBufferLength: 6,
  maxMaxBufferLength: 8,
  maxBufferSize: 6 * 1024 * 1024,
  liveSyncDurationCount: 2,
  liveMaxLatencyDurationCount: 6,
  maxLiveSyncPlaybackRate: 1.2,
  liveMaxUnchangedPlaylistRefresh: 5,
};
