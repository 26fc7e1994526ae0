import type { CenterId, IncidentId, RegionId } from '#contract/values/index.ts';
import { isStale, positionAt, responderStatusOf } from '#contract/responders/index.ts';
import { type Assignment, incidentSeverity, type OpenIncident } from '#contract/incidents/index.ts';
import { type DirectoryCopy, placeOfRegion, regionNode } from '../directory/index.ts';
import { incidentBlocks, incidentsIn, IncidentSign } from '../incidents/index.ts';
import { useTexts } from '../language/index.ts';
import { usePositions } from '../responders/index.ts';
import { usePlatformTime, useRoom } from '../room/index.ts';
import { useMapDesk, useMapState } from './MapContext.tsx';
import classes from './MapCard.module.css';

/** What is known of the one thing that is chosen on the map; a camera has its card below the map already. */
export function MapCard({ directory }: { directory: DirectoryCopy | null }) {
  const chosen = useMapState((state) => state.chosen);
  if (directory === null || chosen === null) return null;
  switch (chosen.kind) {
    case 'region':
      return <RegionCard key={chosen.regionId} directory={directory} regionId={chosen.regionId} />;
    case 'responder':
      return <ResponderCard directory={directory} index={chosen.index} />;
    case 'center':
      return <CenterCard key={chosen.centerId} directory={directory} centerId={chosen.centerId} />;
    case 'incident':
      return <IncidentCard key={chosen.incidentId} directory={directory} incidentId={chosen.incidentId} />;
    case 'camera':
    case 'group':
      return null;
  }
}

function RegionCard({ directory, regionId }: { directory: DirectoryCopy; regionId: RegionId }) {
  const { t, nameOf, number } = useTexts();
  const desk = useMapDesk();
  const region = directory.regions.get(regionId);
  const focus = useMapState((state) => state.focus);
  if (region === undefined) return null;
  const node = regionNode(directory.tree, regionId);
  const above = placeOfRegion(directory, regionId).slice(0, -1).map(nameOf).join(' ');
  return (
    <div className={classes.card} data-chosen="region">
      <strong className={classes.name}>{nameOf(region)}</strong>
      <span className={classes.soft}>{t(`map:level.${region.level}`)}</span>
      {above !== '' && <span className={classes.soft}>{above}</span>}
      <span className={classes.soft}>{region.code}</span>
      <OpenIn directory={directory} regionId={regionId} />
      {node !== null && <span>{t('map:card.cameras', { cameras: number(node.cameraCount), connected: number(node.connectedCount) })}</span>}
      {focus !== regionId && (
        <button type="button" className={classes.act} onClick={() => desk.enter(regionId)}>
          {t('map:card.enter')} <kbd>Enter</kbd>
        </button>
      )}
      <button
        type="button"
        className={classes.act}
        onClick={() => desk.selection.choose({ kind: 'region', regionId }, { kind: 'region', regionId })}
      >
        {t('selection:takeRegion')} <kbd>J</kbd>
      </button>
    </div>
  );
}

/** What is open in a region and all below it; the numbers of the map and of the list. */
function OpenIn({ directory, regionId }: { directory: DirectoryCopy; regionId: RegionId }) {
  const { t, number } = useTexts();
  const incidents = useRoom((room) => room.incidents);
  const atMs = useMapState((state) => state.loadsAtMs);
  if (incidents === undefined || atMs === null) return null;
  const inside = incidentsIn(incidents.values(), { regionId, parents: directory.tree.parents });
  const worst = incidentBlocks(inside, atMs).find(({ severity }) => severity === 'critical')?.incidents.length ?? 0;
  return (
    <>
      <span>{t('map:card.open', { count: number(inside.length) })}</span>
      {worst > 0 && <span className={classes.late}>{t('map:legend.late', { count: number(worst) })}</span>}
    </>
  );
}

function IncidentCard({ directory, incidentId }: { directory: DirectoryCopy; incidentId: IncidentId }) {
  const { t, nameOf, duration, time } = useTexts();
  const incident = useRoom((room) => room.incidents?.get(incidentId));
  const nowMs = usePlatformTime((now) => Math.floor(now / 1000) * 1000);
  if (incident === undefined) return <div className={classes.card}>{t('map:card.incidentClosed')}</div>;
  const places = placeOfRegion(directory, incident.regionId).map(nameOf).join(' ');
  const left = incident.dueAtMs - nowMs;
  return (
    <div className={classes.card} data-chosen="incident">
      <IncidentSign severity={incidentSeverity(incident, nowMs)} />
      <strong className={classes.name}>{t(`map:incidentKind.${incident.kind}`, { defaultValue: incident.kind })}</strong>
      <span className={classes.soft}>{incident.number}</span>
      <span>{t(`map:urgency.${incident.urgency}`)}</span>
      {places !== '' && <span className={classes.soft}>{places}</span>}
      <span className={classes.soft}>{t('map:card.reportedAt', { at: time(incident.reportedAtMs, 'minutes') })}</span>
      <span className={left < 0 ? classes.late : undefined}>
        {left < 0 ? t('map:card.overdue', { by: duration(-left) }) : t('map:card.left', { left: duration(left) })}
      </span>
      <SentTo incident={incident} />
    </div>
  );
}

/** Who was sent, in what role; that nobody is yet is said as plainly. */
function SentTo({ incident: { assignments = [] } }: { incident: OpenIncident }) {
  const { t, names } = useTexts();
  const desk = useMapDesk();
  if (assignments.length === 0) return <span data-sent="nobody">{t('map:card.nobodySent')}</span>;
  const named = (role: Assignment['role']) =>
    assignments
      .filter((assignment) => assignment.role === role)
      .map(({ responderId }) => desk.roster()?.responders.find((known) => known?.id === responderId)?.name ?? t('map:card.notInRoster'));
  const [leads, assists] = [named('lead'), named('assist')];
  return (
    <span data-sent={assignments.length}>
      {leads.length > 0 && t('map:card.lead', { names: names(leads) })}{' '}
      {assists.length > 0 && t('map:card.assist', { names: names(assists) })}
    </span>
  );
}

function CenterCard({ directory, centerId }: { directory: DirectoryCopy; centerId: CenterId }) {
  const { t, nameOf } = useTexts();
  const desk = useMapDesk();
  const center = desk.centers().find(({ id }) => id === centerId);
  if (center === undefined) return null;
  const region = directory.regions.get(center.regionId);
  return (
    <div className={classes.card} data-chosen="center">
      <strong className={classes.name}>{nameOf(center)}</strong>
      {region !== undefined && <span className={classes.soft}>{nameOf(region)}</span>}
      <span>{t('map:card.dutyPhone', { phone: center.dutyPhone })}</span>
    </div>
  );
}

function ResponderCard({ directory, index }: { directory: DirectoryCopy; index: number }) {
  const { t, nameOf, duration, time } = useTexts();
  const desk = useMapDesk();
  const positions = usePositions();
  const nowMs = usePlatformTime((now) => Math.floor(now / 1000) * 1000);
  const responder = desk.roster()?.responders[index];
  const position = positionAt(positions.columns(), index);
  const region = responder === undefined ? undefined : directory.regions.get(responder.regionId);
  const status = position === null ? null : responderStatusOf(position.status);
  const old = position !== null && isStale({ measuredAtMs: position.measuredAtMs, nowMs });
  return (
    <div className={classes.card} data-chosen="responder">
      <strong className={classes.name}>{responder?.name ?? t('map:card.unknownResponder', { number: index + 1 })}</strong>
      {responder !== undefined && <span className={classes.soft}>{t(`map:kind.${responder.kind}`, { defaultValue: responder.kind })}</span>}
      {region !== undefined && <span className={classes.soft}>{nameOf(region)}</span>}
      {status !== null && <span>{t(`map:status.${status}`)}</span>}
      {position !== null && (
        <span className={old ? classes.old : classes.soft}>
          {old
            ? t('map:card.stale', { at: time(position.measuredAtMs, 'seconds') })
            : t('map:card.age', { age: duration(Math.max(0, nowMs - position.measuredAtMs)) })}
        </span>
      )}
      <WayLine />
    </div>
  );
}

/** Whoever sees somebody's way sees that he is on the record for it, or why there is none. */
function WayLine() {
  const { t, refusal } = useTexts();
  const way = useMapState((state) => state.way);
  if (way === 'none') return null;
  return (
    <span className={classes.soft} data-way={way === 'kept' ? 'kept' : way.code}>
      {way === 'kept' ? t('map:card.wayKept') : t('map:card.wayRefused', { why: refusal(way) })}
    </span>
  );
}
