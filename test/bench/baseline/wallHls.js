/* global Hls */
/**
 * Shows these streams, with the defaults of hls.js but for what is named. `token` is what this gateway wants in each request.
 * @param {{ urls: string[], columns: number, gapPx: number, capped: boolean, token: string }} options
 */
// oxlint-disable-next-line no-unused-vars -- called by the benchmark
function show({ urls, columns, gapPx, capped, token }) {
  const wall = document.getElementById('wall');
  wall.style.gridTemplateColumns = `repeat(${columns}, 1fr)`;
  wall.style.gap = `${gapPx}px`;
  for (const url of urls) {
    const video = document.createElement('video');
    video.muted = true;
    video.playsInline = true;
    wall.append(video);
    const hls = new Hls({ capLevelToPlayerSize: capped, xhrSetup: (request, address) => authorize(request, address, token) });
    hls.loadSource(url);
    hls.attachMedia(video);
    hls.on(Hls.Events.MANIFEST_PARSED, () => void video.play());
  }
}

function authorize(request, address, token) {
  const [, camera, quality] = /\/media\/hls\/al-0*(\d+)\/(main|sub)\//.exec(address) ?? [];
  if (camera !== undefined) request.setRequestHeader('Authorization', `Bearer ${token}.${camera}.${quality}.w-plain`);
}
