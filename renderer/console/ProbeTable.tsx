import { codecName, type MeasuredStream, type StreamProbe } from '#contract/cameras/index.ts';
import { useTexts } from '../language/index.ts';
import classes from './ProbeLine.module.css';

const rows = ['plays', 'codec', 'size', 'frames', 'group', 'rate', 'bFrames', 'audio', 'transport', 'clock', 'first'] as const;
type Row = (typeof rows)[number];

/** The figures of a camera's streams beside each other; what nobody knows says so. */
export function ProbeTable({ streams }: { streams: readonly StreamProbe[] }) {
  const { t } = useTexts();
  const cellOf = useCells();
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th>{t('console:probe.column.stream')}</th>
          {streams.map(({ quality }) => (
            <th key={quality}>{t(`console:stream.${quality}`)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row}>
            <th>{t(`console:probe.column.${row}`)}</th>
            {streams.map((stream) => (
              <td key={stream.quality}>{cellOf(row, stream)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What stands in a cell. A stream that was not measured has one word for all of it. */
function useCells(): (row: Row, stream: StreamProbe) => string {
  const texts = useTexts();
  const { t, refusal } = texts;
  return (row, stream) => {
    switch (stream.outcome) {
      case 'measured':
        return measuredCell(row, { stream, texts });
      case 'failed':
        return row === 'plays' ? refusal({ code: stream.code ?? `cameras.${stream.reason}` }) : t('console:card.none');
      case 'windowOnly':
        return row === 'plays' ? t('cameras:remark.windowOnly') : t('console:card.none');
    }
  };
}

function measuredCell(row: Row, { stream, texts }: { stream: MeasuredStream; texts: ReturnType<typeof useTexts> }): string {
  const { t, number } = texts;
  const known = <Value,>(value: Value | null, words: (value: Value) => string) =>
    value === null ? t('console:probe.unknown') : words(value);
  switch (row) {
    case 'plays':
      return t(`cameras:plays.${stream.plays}`);
    case 'codec':
      return [known(stream.codec, codecName), stream.profile, stream.level].filter((word) => word !== null).join(' ');
    case 'size':
      return `${stream.widthPx}×${stream.heightPx}`;
    case 'frames':
      return known(stream.framesPerSecond, number);
    case 'group':
      return known(stream.group, (group) => t(group.isAtLeast ? 'console:probe.groupAtLeast' : 'console:probe.group', group));
    case 'rate':
      return known(stream.bitsPerSecond, (bits) => t('console:health.kbps', { rate: number(Math.round(bits / 1000)) }));
    case 'bFrames':
      return known(stream.hasBFrames, (has) => t(has ? 'console:probe.yes' : 'console:probe.no'));
    case 'audio':
      return known(stream.audio, (codec) => (codec === 'none' ? t('console:probe.none') : codec.toUpperCase()));
    case 'transport':
      return known(stream.transport, (transport) => transportWords({ transport, stream, texts }));
    case 'clock':
      return clockWords({ stream, texts });
    case 'first':
      return known(stream.firstPictureMs, (ms) => t('console:health.seconds', { seconds: (ms / 1000).toFixed(1) }));
  }
}

function transportWords({
  transport,
  stream,
  texts: { t },
}: {
  transport: string;
  stream: MeasuredStream;
  texts: ReturnType<typeof useTexts>;
}) {
  const name = transport.toUpperCase();
  return stream.isFallback ? t('console:probe.fallback', { transport: name }) : name;
}

// What a person can see on two clocks side by side.
const sameClockMs = 1_000;

function clockWords({
  stream: { pictureTime, clockOffsetMs },
  texts: { t, duration },
}: {
  stream: MeasuredStream;
  texts: ReturnType<typeof useTexts>;
}) {
  const proven = t(`console:probe.proven.${pictureTime}`);
  if (clockOffsetMs === null) return proven;
  if (Math.abs(clockOffsetMs) < sameClockMs) return `${proven} · ${t('console:health.clock.right')}`;
  const words = t(`console:health.clock.${clockOffsetMs > 0 ? 'behind' : 'ahead'}`, { for: duration(Math.abs(clockOffsetMs)) });
  return `${proven} · ${words}`;
}
