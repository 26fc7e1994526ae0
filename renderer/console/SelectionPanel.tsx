import { useRef, useState } from 'react';
import { useStore } from 'zustand';
import { areaSquareM, type MapArea } from '#contract/map/index.ts';
import { isConnected } from '../directory/index.ts';
import { useTexts } from '../language/index.ts';
import { lineMetres, partsOf, type SelectedKind, selectedKinds, type SelectionContents, useMapDesk } from '../map/index.ts';
import { usePositions } from '../responders/index.ts';
import { usePlatformTime, useRoom } from '../room/index.ts';
import { useDirectory } from './ConsoleContext.tsx';
import { SelectionActions } from './SelectionActions.tsx';
import { SelectionList } from './SelectionList.tsx';
import classes from './SelectionPanel.module.css';
import { useDragSource } from './useDragSource.ts';
import { useMapWords } from './useMapWords.ts';

/** What is chosen on the map, what lies in it now, and what can be done with it. */
export function SelectionPanel() {
  const { t } = useTexts();
  const desk = useMapDesk();
  const { tool, area, contents, line } = useStore(desk.selection.store);
  const [listed, setListed] = useState<SelectedKind | null>(null);
  const directory = useDirectory();
  if (tool === null && area === null) return null;
  return (
    <section
      className={classes.panel}
      aria-label={t('selection:panel')}
      data-selection={area?.kind ?? 'none'}
      data-radius={area?.kind === 'circle' ? area.radiusM : undefined}
    >
      {area !== null && tool !== 'measure' && <SelectionTitle area={area} cameras={contents?.cameras ?? []} />}
      {line !== null && <LineWords metres={lineMetres(line)} places={line.places.length} />}
      {area !== null && contents !== null && directory !== null && tool !== 'measure' && (
        <>
          <SelectionCounts contents={contents} listed={listed} onList={(kind) => setListed(kind === listed ? null : kind)} />
          {listed !== null && <SelectionList kind={listed} contents={contents} directory={directory} />}
          {contents.cameras.length > 0 && <SelectionActions />}
        </>
      )}
      <p className={classes.keys}>{t(tool === null ? 'selection:keys.chosen' : `selection:keys.${tool}`)}</p>
    </section>
  );
}

/** What was drawn; with cameras in it, it can be carried to the Wall whole. */
function SelectionTitle({ area, cameras }: { area: MapArea; cameras: SelectionContents['cameras'] }) {
  const { t } = useTexts();
  const desk = useMapDesk();
  const directory = useDirectory();
  const { areaTitle, squareMetres, nameOfThing } = useMapWords();
  const anchor = useStore(desk.selection.store, (state) => state.anchor);
  const ref = useRef<HTMLDivElement>(null);
  const connected = cameras.filter((id) => (directory?.cameras.get(id)?.streams.length ?? 0) > 0);
  useDragSource(connected.length === 0 ? null : { kind: 'cameras', cameraIds: connected }, ref);
  const size = squareMetres(areaSquareM(area, desk.ringsOf));
  const around = area.kind === 'circle' && anchor !== null ? nameOfThing(anchor) : null;
  return (
    <div ref={ref} className={classes.title} data-carried={connected.length > 0} title={t('selection:carry')}>
      <strong className={classes.name}>{areaTitle(area)}</strong>
      <button type="button" className={classes.close} onClick={() => desk.selection.clear()}>
        <kbd>Esc</kbd>
        <span className={classes.unseen}>{t('selection:clear')}</span>
      </button>
      <span className={classes.soft}>
        {around === null ? '' : `${t('selection:around', { name: around })} · `}
        {size} · {t('selection:live')}
      </span>
    </div>
  );
}

function LineWords({ metres: length, places }: { metres: number; places: number }) {
  const { t, number } = useTexts();
  const { metres } = useMapWords();
  return (
    <p className={classes.line} data-measured={Math.round(length)}>
      <strong>{metres(length)}</strong> <span className={classes.soft}>{t('selection:corners', { count: number(places) })}</span>
    </p>
  );
}

type CountsProps = { readonly contents: SelectionContents; readonly listed: SelectedKind | null; onList(kind: SelectedKind): void };

function SelectionCounts({ contents, listed, onList }: CountsProps) {
  const { t, number } = useTexts();
  const directory = useDirectory();
  const incidents = useRoom((room) => room.incidents);
  const positions = usePositions();
  // What somebody does, and how old a place is, changes without anybody coming or going.
  const nowMs = usePlatformTime((now) => Math.floor(now / 2000) * 2000);
  const cameraOf = (id: SelectionContents['cameras'][number]) => directory?.cameras.get(id);
  const parts: Readonly<Record<string, Readonly<Record<string, number>>>> = partsOf(contents, {
    isConnected: (id) => isConnected(cameraOf(id) ?? { streams: [] }),
    incidents: incidents ?? new Map(),
    positions: positions.columns(),
    nowMs,
  });
  return (
    <div className={classes.counts}>
      {selectedKinds.map((kind) => (
        <button
          key={kind}
          type="button"
          className={classes.count}
          aria-pressed={listed === kind}
          disabled={contents[kind].length === 0}
          data-count={kind}
          onClick={() => onList(kind)}
        >
          <span className={classes.number}>{number(contents[kind].length)}</span>
          <span>{t(`selection:kind.${kind}`)}</span>
          <span className={classes.parts}>
            {Object.entries(parts[kind] ?? {})
              .filter(([, count]) => count > 0)
              .map(([part, count]) => t(`selection:part.${part}`, { count: number(count) }))
              .join(' · ')}
          </span>
        </button>
      ))}
    </div>
  );
}
