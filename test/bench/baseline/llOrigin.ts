/** A small LL-HLS origin (draft-pantos-hls-rfc8216bis): parts, blocking reload, preload hints. One stream. */
export type LlStream = {
  addInit(bytes: Uint8Array): void;
  addFragment(fragment: { bytes: Uint8Array; durationS: number; isKey: boolean; endsAtMs: number }): void;
  /** How many whole segments a player could start from. */
  segments(): number;
  /** Resolves when the asked part is there; null = no such file. `query` holds the delivery directives. */
  answer(file: string, query: URLSearchParams): Promise<Uint8Array | string | null>;
};

type Part = { readonly bytes: Uint8Array; readonly durationS: number; readonly isKey: boolean };
type Segment = { readonly number: number; readonly parts: Part[]; readonly startsAtMs: number; isWhole: boolean };

const partTargetS = 0.48;
const listed = 6;
const segmentsWithParts = 3;

/** Two of the gateway's fragments (0.24 s each) make a part; a key frame opens a segment. */
export function createLlStream(): LlStream {
  let init: Uint8Array = new Uint8Array();
  let segments: Segment[] = [];
  let nextNumber = 1;
  let pending: Part[] = [];
  const waiting = new Set<() => void>();

  const publish = (): void => {
    const current = segments.at(-1);
    if (current === undefined || pending.length === 0) return;
    const bytes = Buffer.concat(pending.map((part) => part.bytes));
    const durationS = pending.reduce((sum, part) => sum + part.durationS, 0);
    current.parts.push({ bytes, durationS, isKey: pending[0]?.isKey ?? false });
    pending = [];
    for (const look of waiting) look();
  };
  const until = async (isSo: () => boolean): Promise<void> => {
    if (isSo()) return;
    await new Promise<void>((resolve) => {
      const look = () => {
        if (!isSo()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
    });
  };
  const has = ({ number, part }: { number: number; part: number | null }): boolean => {
    const newest = segments.at(-1);
    if (newest === undefined) return false;
    if (number !== newest.number) return number < newest.number;
    return part === null ? newest.isWhole : part < newest.parts.length;
  };
  return {
    addInit: (bytes) => {
      init = bytes;
    },
    addFragment: ({ bytes, durationS, isKey, endsAtMs }) => {
      if (isKey) {
        publish();
        const last = segments.at(-1);
        if (last !== undefined) last.isWhole = true;
        segments = [...segments, { number: nextNumber++, parts: [], startsAtMs: endsAtMs - durationS * 1000, isWhole: false }].slice(-10);
      }
      if (segments.length === 0) return;
      pending.push({ bytes, durationS, isKey });
      if (pending.length === 2) publish();
    },
    segments: () => segments.filter(({ isWhole }) => isWhole).length,
    answer: async (file, query) => {
      if (file === 'index.m3u8') {
        const [number, part] = [query.get('_HLS_msn'), query.get('_HLS_part')];
        if (number !== null) await until(() => has({ number: Number(number), part: part === null ? null : Number(part) }));
        return playlist(segments);
      }
      if (file === 'init.mp4') return init;
      const [, segment, part] = /^seg-(\d+)(?:\.(\d+))?\.m4s$/.exec(file) ?? [];
      if (segment === undefined) return null;
      const wanted = { number: Number(segment), part: part === undefined ? null : Number(part) };
      await until(() => has(wanted));
      const parts = segments.find(({ number }) => number === wanted.number)?.parts;
      if (wanted.part !== null) return parts?.[wanted.part]?.bytes ?? null;
      return parts === undefined ? null : Buffer.concat(parts.map(({ bytes }) => bytes));
    },
  };
}

function playlist(all: readonly Segment[]): string {
  const segments = all.slice(-listed - 1);
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:9',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    '#EXT-X-TARGETDURATION:2',
    `#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=${(partTargetS * 3).toFixed(2)}`,
    `#EXT-X-PART-INF:PART-TARGET=${partTargetS}`,
    `#EXT-X-MEDIA-SEQUENCE:${segments[0]?.number ?? 0}`,
    '#EXT-X-MAP:URI="init.mp4"',
  ];
  for (const [index, { number, parts, isWhole, startsAtMs }] of segments.entries()) {
    lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(startsAtMs).toISOString()}`);
    if (index >= segments.length - segmentsWithParts) {
      for (const [part, { durationS, isKey }] of parts.entries()) {
        lines.push(`#EXT-X-PART:DURATION=${durationS.toFixed(3)},URI="seg-${number}.${part}.m4s"${isKey ? ',INDEPENDENT=YES' : ''}`);
      }
    }
    if (isWhole) lines.push(`#EXTINF:${parts.reduce((sum, { durationS }) => sum + durationS, 0).toFixed(3)},`, `seg-${number}.m4s`);
  }
  const newest = segments.at(-1);
  const hint = newest?.isWhole === true ? `seg-${newest.number + 1}.0` : `seg-${newest?.number ?? 0}.${newest?.parts.length ?? 0}`;
  lines.push(`#EXT-X-PRELOAD-HINT:TYPE=PART,URI="${hint}.m4s"`, '');
  return lines.join('\n');
}
