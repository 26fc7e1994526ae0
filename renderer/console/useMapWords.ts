import { useTexts } from '../language/index.ts';
import { type MapThing, useMapDesk } from '../map/index.ts';
import { useRoom } from '../room/index.ts';
import { useDirectory } from './ConsoleContext.tsx';

/** Lengths, areas and things of the map in words. */
export function useMapWords() {
  const { t, nameOf, number } = useTexts();
  const desk = useMapDesk();
  const directory = useDirectory();
  const incidents = useRoom((room) => room.incidents);
  const tenths = (value: number) => number(Math.round(value * 10) / 10);
  return {
    metres: (length: number) =>
      length < 1_000
        ? t('selection:metres', { count: number(Math.round(length / 10) * 10) })
        : t('selection:kilometres', { count: tenths(length / 1_000) }),
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
