/** media.md, "Chromium": 16 hardware decoders per GPU process; the 17th falls to software or to black. */
const hardwareDecoders = 16;
/** In software the processor is the limit: 36 sub streams play on two cores, so a core is counted for this many. */
const softwarePerCore = 24;

const typical: MediaDecodingConfiguration = {
  type: 'media-source',
  video: { contentType: 'video/mp4; codecs="avc1.640028"', width: 1920, height: 1080, bitrate: 4_000_000, framerate: 25 },
};

/**
 * How many pictures this machine decodes at once, as far as is known: asks the browser whether it decodes in hardware, and assumes so (the
 * smaller number) until it has answered.
 */
export function probeDecoders({
  capabilities,
  cores,
}: {
  capabilities: Pick<MediaCapabilities, 'decodingInfo'> | undefined;
  cores: number;
}): () => number {
  let count = hardwareDecoders;
  void capabilities?.decodingInfo(typical).then(
    ({ powerEfficient }) => {
      if (!powerEfficient) count = Math.max(count, cores * softwarePerCore);
    },
    () => {},
  );
  return () => count;
}
