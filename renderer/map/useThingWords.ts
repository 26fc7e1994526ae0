import type { MapArea } from '#contract/map/index.ts';
import type { DirectoryCopy } from '../directory/index.ts';
import { useTexts } from '../language/index.ts';
import { useRoom } from '../room/index.ts';
import type { MapThing } from './engine/index.ts';
import { useMapDesk } from './MapContext.tsx';

/** Lengths, areas and things of the map in words; without a directory its things have no names. */
export function useThingWords(directory: DirectoryCopy | null) {
  const { t, nameOf, number } = useTexts();
  const desk = useMapDesk();
  const incidents = useRoom((room) => room.incidents);
  const tenths = (value: number) => number(Math.round(value * 10) / 10);
  const metres = (length: number) =>
    length < 1_000
      ? t('selection:metres', { count: number(Math.round(length / 10) * 10) })
      : t('selection:kilometres', { count: tenths(length / 1_000) });
  return {
    metres,
    areaTitle: (area: MapArea): string => {
      switch (area.kind) {
        case 'circle':
          return t('selection:title.circle', { radius: metres(area.radiusM) });
        case 'lasso':
          return t('selection:title.lasso');
        case 'region':
          return t('selection:title.region', { name: nameOf(directory?.regions.get(area.regionId) ?? unnamed) });
      }
    },
    squareMetres: (area: number) =>
      area < 100_000
        ? t('selection:squareMetres', { count: number(Math.round(area / 100) * 100) })
        : t('selection:squareKilometres', { count: number(Math.round(area / 10_000) / 100) }),
    nameOfThing: (thing: MapThing): string => {
      switch (thing.kind) {
        case 'region':
          return nameOf(directory?.regions.get(thing.regionId) ?? unnamed);
        case 'camera':
          return nameOf(directory?.cameras.get(thing.cameraId) ?? unnamed);
        case 'center':
          return nameOf(desk.centers().find(({ id }) => id === thing.centerId) ?? unnamed);
        case 'incident':
          return incidents?.get(thing.incidentId)?.number ?? '';
        case 'responder':
          return desk.roster()?.responders[thing.index]?.name ?? t('map:card.unknownResponder', { number: thing.index + 1 });
        case 'group':
          return '';
      }
    },
  };
}

const unnamed = { name: '', nameEn: '' };
