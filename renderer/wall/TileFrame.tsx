import type { ReactNode } from 'react';
import { Shape, type ShapeName } from '../look/index.ts';
import { firstThatFits, fitLabel, fitLines } from './labelFit.ts';
import classes from './TileFrame.module.css';

/** How a frame treats the picture inside it: an old picture must never look like a clean still. */
export type Treatment = 'clean' | 'hatched' | 'darkened' | 'hidden';

/** What stands on a frame, already in words. */
export type FrameLabel = {
  readonly place: string;
  readonly number: string;
  readonly name: string;
  readonly state: string;
  /** How much larger than the whole picture. */
  readonly zoom?: string | null;
  readonly shape: ShapeName | null;
  readonly tone: 'good' | 'quiet' | 'stale' | 'major';
  /** Boxed words in the corner: since when, what is being done. The same said ever shorter: the first that fits is shown; empty = none. */
  readonly badge: readonly string[];
  /** Words over the picture: last picture, who maintains it. Each the same said ever shorter, for as many as fit; empty = left out there. */
  readonly lines: readonly (readonly string[])[];
};

/** A tile's frame: the content, what its state does to it, and the label bar below. */
export function TileFrame({
  label,
  treatment,
  widthPx,
  labelPx,
  children,
}: {
  label: FrameLabel;
  treatment: Treatment;
  widthPx: number;
  labelPx: number;
  children: ReactNode;
}) {
  const fit = fitLabel({ widthPx, sizePx: labelPx, ...label, state: `${label.zoom ?? ''} ${label.state}` });
  const badge = firstThatFits({ texts: label.badge, widthPx, sizePx: labelPx });
  const lines = fitLines({ lines: label.lines, hasBadge: badge !== null, widthPx, sizePx: labelPx });
  return (
    <div className={classes.frame} style={{ fontSize: labelPx }} data-treatment={treatment} data-fit={fit}>
      <div className={classes.content}>{children}</div>
      {treatment === 'hatched' && <div className={classes.hatch} />}
      {badge !== null && (
        <div className={classes.badge} title={label.badge[0]}>
          {badge}
        </div>
      )}
      {lines.length > 0 && (
        <div className={classes.lines}>
          {lines.map((line) => (
            <div key={line}>{line}</div>
          ))}
        </div>
      )}
      <div className={classes.bar}>
        <span className={classes.place}>{label.place}</span>
        {fit !== 'name' && label.number !== '' && <span className={classes.number}>{label.number}</span>}
        <span className={classes.name}>{fit === 'numbers' ? '' : label.name}</span>
        {label.zoom != null && <span className={classes.number}>{label.zoom}</span>}
        <span className={classes.state} data-tone={label.tone}>
          {label.shape !== null && <Shape name={label.shape} />}
          <span className={classes.word}>{label.state}</span>
        </span>
      </div>
    </div>
  );
}
