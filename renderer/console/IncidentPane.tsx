import { useMemo } from 'react';
import type { IncidentsState, OpenIncident } from '#contract/incidents/index.ts';
import { IncidentLine, IncidentList, incidentBlocks, incidentsIn } from '../incidents/index.ts';
import { useTexts } from '../language/index.ts';
import { useMapDesk, useMapState } from '../map/index.ts';
import { usePlatformTime, useRoom } from '../room/index.ts';
import { useDirectory } from './ConsoleContext.tsx';
import { incidentListId, mapFocusId } from './keys.ts';
import classes from './Pane.module.css';
import { useDragSource } from './useDragSource.ts';

const nothing: IncidentsState = new Map();
// While no map works out its numbers, as often as it would.
const lookEveryMs = 10_000;

/** Left pane, above: what is open in the region that the map has gone into. Its numbers are the map's, of the same moment. */
export function IncidentPane() {
  const { t, nameOf, number } = useTexts();
  const desk = useMapDesk();
  const directory = useDirectory();
  const open = useRoom((room) => room.incidents) ?? nothing;
  const focus = useMapState((state) => state.focus);
  const chosen = useMapState((state) => (state.chosen?.kind === 'incident' ? state.chosen.incidentId : null));
  const toldAtMs = useMapState((state) => state.loadsAtMs);
  const coarseMs = usePlatformTime((nowMs) => Math.floor(nowMs / lookEveryMs) * lookEveryMs);
  const nowMs = toldAtMs ?? coarseMs;
  const parents = directory?.tree.parents;
  const inside = useMemo(() => incidentsIn(open.values(), { regionId: focus, parents: parents ?? new Map() }), [open, focus, parents]);
  const blocks = useMemo(() => incidentBlocks(inside, nowMs), [inside, nowMs]);
  const region = focus === null ? undefined : directory?.regions.get(focus);
  return (
    <section className={classes.pane} style={{ gridArea: 'incidents' }} aria-label={t('incidents:pane.title')} data-open={inside.length}>
      <div className={classes.head}>
        <h2 className={classes.title}>{t('incidents:pane.title')}</h2>
        {region !== undefined && <span className={classes.headCount}>{nameOf(region)}</span>}
        <span className={region === undefined ? classes.headCount : classes.headNext}>
          {t('incidents:pane.open', { count: number(inside.length) })}
        </span>
      </div>
      {inside.length === 0 ? (
        <p className={classes.waiting} role="status">
          {region === undefined ? t('incidents:pane.noneAnywhere') : t('incidents:pane.none', { region: nameOf(region) })}
        </p>
      ) : (
        <IncidentList
          key={focus ?? 'all'}
          id={incidentListId}
          blocks={blocks}
          chosen={chosen}
          IncidentLine={CarriedLine}
          onShow={(incidentId, goOn) => {
            desk.showThing({ kind: 'incident', incidentId });
            if (goOn === 'there') document.getElementById(mapFocusId)?.focus();
          }}
        />
      )}
    </section>
  );
}

/** A line that can be carried to the map. */
function CarriedLine({ incident }: { incident: OpenIncident }) {
  const directory = useDirectory();
  const ref = useDragSource<HTMLDivElement>({ kind: 'incident', incidentId: incident.incidentId });
  return (
    <div ref={ref} className={classes.carried}>
      <IncidentLine incident={incident} directory={directory} />
    </div>
  );
}
