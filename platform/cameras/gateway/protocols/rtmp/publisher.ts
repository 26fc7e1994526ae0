/** Somebody who sends: what is kept of his pictures so that a reader starts at once, and who reads. Memory only. */
export type Publisher = {
  take(video: { timestampMs: number; body: Buffer }): void;
  /** Writes an FLV from the newest group of pictures on; the answered function ends it. */
  read(write: (bytes: Buffer) => void): () => void;
  /** Whether what he sends is H.264; null before his first picture. */
  isPlayable(): boolean | null;
};

const maxGroupBytes = 16 * 1024 * 1024;
const avc = 7;
const flvHeader = Buffer.from([0x46, 0x4c, 0x56, 1, 1, 0, 0, 0, 9, 0, 0, 0, 0]);

export function createPublisher(): Publisher {
  const readers = new Set<(bytes: Buffer) => void>();
  let codec: number | null = null;
  let parameters: Buffer | null = null;
  let group: Buffer[] = [];
  let groupBytes = 0;

  return {
    take({ timestampMs, body }) {
      const first = body[0] ?? 0;
      // Enhanced RTMP (HEVC, AV1) sets the highest bit; nothing here could read it.
      const isEnhanced = (first & 0x80) !== 0;
      codec = isEnhanced ? -1 : first & 0x0f;
      const tag = flvTag({ timestampMs, body });
      if (codec === avc && body[1] === 0) parameters = tag;
      else {
        if (first >> 4 === 1) [group, groupBytes] = [[], 0];
        groupBytes += tag.length;
        if (groupBytes <= maxGroupBytes) group.push(tag);
        else group = [];
      }
      for (const write of readers) write(tag);
    },
    read(write) {
      write(Buffer.concat([flvHeader, ...(parameters === null ? [] : [parameters]), ...group]));
      readers.add(write);
      return () => void readers.delete(write);
    },
    isPlayable: () => (codec === null ? null : codec === avc),
  };
}

function flvTag({ timestampMs, body }: { timestampMs: number; body: Buffer }): Buffer {
  const tag = Buffer.alloc(11 + body.length + 4);
  tag[0] = 9;
  tag.writeUIntBE(body.length, 1, 3);
  tag.writeUIntBE(timestampMs & 0xffffff, 4, 3);
  tag[7] = (timestampMs >>> 24) & 0xff;
  body.copy(tag, 11);
  tag.writeUInt32BE(11 + body.length, 11 + body.length);
  return tag;
}
