// The build of hls.js without captions, audio renditions and DRM has the same types; its package does not say so.
declare module 'hls.js/light' {
  export * from 'hls.js';
  export { default } from 'hls.js';
}
