import type { NamedCamera, NamedPerson } from '#contract/audit/index.ts';
import type { CameraId, PersonId, RegionId } from '#contract/values/index.ts';
import type { Directory } from '../directory/index.ts';

/** Somebody with an account, as far as a register names him. */
export type KnownPerson = { readonly personId: PersonId; readonly account: string; readonly name: string };

/** Names for ids, as they are now: the record itself holds ids only. */
export function createNames({ directory, people }: { directory: Directory; people: () => readonly KnownPerson[] }) {
  return {
    cameras(ids: Iterable<CameraId>): NamedCamera[] {
      return [...new Set(ids)].flatMap((cameraId) => {
        const camera = directory.camera(cameraId);
        if (camera === null) return [];
        const place = directory.regionPath(camera.regionId).toReversed();
        return [
          {
            cameraId,
            ...{ number: camera.number, name: camera.name, nameEn: camera.nameEn },
            place: place.flatMap((id) => {
              const region = directory.region(id);
              return region === null ? [] : [{ name: region.name, nameEn: region.nameEn }];
            }),
          },
        ];
      });
    },
    people(ids: Iterable<string>): NamedPerson[] {
      const wanted = new Set(ids);
      return people()
        .filter(({ personId }) => wanted.has(personId))
        .map(({ personId, account, name }) => ({ personId, account, name }));
    },
    everybody: (): NamedPerson[] => people().map(({ personId, account, name }) => ({ personId, account, name })),
    /** Cameras that a text names, at or below `within`: by id, number or national id, else by a part of the name. */
    camerasNamed({ text, within }: { text: string; within: readonly RegionId[] }): readonly CameraId[] {
      const wanted = text.normalize('NFKC').toLowerCase();
      const isWithin = (regionId: RegionId) => directory.regionPath(regionId).some((id) => within.includes(id));
      const all = directory.rows('cameras').filter(({ regionId }) => isWithin(regionId));
      const exact = all.filter(({ id, number, gbId }) => [id, number, gbId].some((one) => one?.toLowerCase() === wanted));
      const found = exact.length > 0 ? exact : all.filter(({ name, nameEn }) => `${name}\n${nameEn}`.toLowerCase().includes(wanted));
      return found.map(({ id }) => id);
    },
  };
}
/** See `createNames`. */
export type Names = ReturnType<typeof createNames>;
