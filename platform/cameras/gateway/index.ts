/**
 * The embedded camera gateway: opens cameras with ffmpeg (`protocols/`), reads its fragments from a pipe (`boxes/`), keeps one process per
 * camera and quality alive (`source/`) and hands the pictures to windows, by push over one WebSocket per window (`push/`) or as HLS (`hls/`).
 * What a stream is can be found out without showing it (`probe/`). Pictures are in memory only. Nothing outside this folder knows how pictures
 * come; an outside media server may take its place.
 */
export { checkSourceUrl, privateNetworks, type SourceNetworks, type SourceScheme, type SourceUrlRefusalCode } from './checkSourceUrl.ts';
export { discoverDevices } from './protocols/onvif/index.ts';
export { createCameraGateway, type GatewayPorts } from './createCameraGateway.ts';
export type { GatewayLimits } from './limits.ts';
export type { TranscodeLimits } from './renditions/index.ts';
