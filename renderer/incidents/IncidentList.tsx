import { useVirtualizer } from '@tanstack/react-virtual';
import { type ComponentType, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { OpenIncident } from '#contract/incidents/index.ts';
import type { IncidentId } from '#contract/values/index.ts';
import { useTexts } from '../language/index.ts';
import { Shape } from '../look/index.ts';
import { BlockHead } from './BlockHead.tsx';
import classes from './IncidentList.module.css';
import { type IncidentBlock, type IncidentRow, idsOf, incidentRows, moveCursor, newcomers, rowKey } from './incidentRows.ts';
import { severityShapes } from './severityShapes.ts';

const rowPx = { block: 30, incident: 58 } as const;

type Props = {
  readonly id: string;
  readonly blocks: readonly IncidentBlock[];
  /** The one that is shown on the map now. */
  readonly chosen: IncidentId | null;
  /** Draws the inside of an incident's line. */
  readonly IncidentLine: ComponentType<{ readonly incident: OpenIncident }>;
  /** A line was clicked or Space pressed on it (`here`), or Enter (`there`: one wants to go on where it is). */
  readonly onShow: (incidentId: IncidentId, goOn: 'here' | 'there') => void;
};

/**
 * Open incidents, worst first, of which only the visible ones are drawn. No line moves under the pointer: while it is over the list, what is new
 * waits behind a word, and what is closed says so.
 */
export function IncidentList({ id, blocks: live, chosen, IncidentLine, onShow }: Props) {
  const { t } = useTexts();
  const scroller = useRef<HTMLDivElement>(null);
  const [held, setHeld] = useState<readonly IncidentBlock[] | null>(null);
  const [cursor, setCursor] = useState<IncidentId | null>(null);
  const blocks = held ?? live;
  const rows = incidentRows(blocks);
  const ids = idsOf(blocks);
  const at = rows.findIndex((row) => row.kind === 'incident' && row.incident.incidentId === cursor);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => keyAt(rows, index),
    estimateSize: (index) => rowPx[rows[index]?.kind ?? 'incident'],
    overscan: 6,
  });
  useEffect(() => {
    if (chosen !== null) setCursor(chosen);
  }, [chosen]);
  // Whoever comes with a key goes on at the worst one.
  const current = at >= 0 ? cursor : null;
  useEffect(() => {
    if (at >= 0) virtualizer.scrollToIndex(at, { align: 'auto' });
  }, [at, virtualizer]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowPx.incident) - 1);
    const next = moveCursor(ids, { cursor: current, key: event.key, page });
    const isShown = (event.key === 'Enter' || event.key === ' ') && current !== null;
    if (next === null && !isShown) return;
    event.preventDefault();
    if (next !== null) setCursor(next);
    else if (current !== null) onShow(current, event.key === 'Enter' ? 'there' : 'here');
  };
  const waiting = held === null ? [] : newcomers(held, live);
  const stillOpen = new Set(idsOf(live));
  return (
    <div className={classes.frame} onPointerEnter={() => setHeld(live)} onPointerLeave={() => setHeld(null)}>
      {waiting.length > 0 && (
        <button type="button" className={classes.newcomers} onClick={() => setHeld(live)} data-newcomers={waiting.length}>
          {t('incidents:list.newcomers', { count: waiting.length })}
        </button>
      )}
      <div
        ref={scroller}
        id={id}
        className={classes.scroller}
        role="listbox"
        tabIndex={0}
        aria-label={t('incidents:list.label')}
        aria-activedescendant={current === null ? undefined : `incident-${current}`}
        onKeyDown={onKeyDown}
        onFocus={() => cursor === null && setCursor(ids[0] ?? null)}
      >
        <div className={classes.rows} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start, size }) => {
            const row = rows[index];
            if (row === undefined) return null;
            const place = { transform: `translateY(${start}px)`, height: size };
            if (row.kind === 'block') return <BlockHead key={rowKey(row)} block={row.block} style={place} />;
            const { incident } = row;
            const isOpen = stillOpen.has(incident.incidentId);
            return (
              <div
                key={rowKey(row)}
                id={`incident-${incident.incidentId}`}
                className={classes.row}
                role="option"
                style={place}
                aria-selected={incident.incidentId === chosen}
                aria-setsize={ids.length}
                aria-posinset={ids.indexOf(incident.incidentId) + 1}
                data-incident={incident.incidentId}
                data-cursor={incident.incidentId === current}
                data-closed={!isOpen}
                onClick={() => {
                  setCursor(incident.incidentId);
                  if (isOpen) onShow(incident.incidentId, 'here');
                }}
              >
                <IncidentLine incident={incident} />
                {!isOpen && (
                  <span className={classes.closed}>
                    <Shape name={severityShapes.closed} /> {t('incidents:list.closed')}
                  </span>
                )}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function keyAt(rows: readonly IncidentRow[], index: number): string | number {
  const row = rows[index];
  return row === undefined ? index : rowKey(row);
}
