import type { Camera } from '#contract/cameras/index.ts';
import type { Center, Region, Responder, Unit } from '#contract/directory/index.ts';
import { spellingOf } from '../directory/index.ts';
import { type DirectoryRow, endsOf, type SearchDocument, tokensOf } from '../record/index.ts';

type Findable = Pick<SearchDocument, 'regionId' | 'title'> & { readonly texts: readonly string[]; readonly wholes: readonly string[] };

/** Directory rows as they can be found: by name in Chinese, pinyin, initials and English, by numbers and codes. Outlines are none. */
export function directoryDocuments(rows: readonly DirectoryRow[]): readonly SearchDocument[] {
  return rows.flatMap(({ kind, id, body }): readonly SearchDocument[] => {
    if (kind === 'polygons') return [];
    const { regionId, title, texts, wholes } = findable(kind, body);
    return [{ kind, ref: id, regionId, cameraId: null, title, ...tokensOf({ texts, wholes: [id, ...wholes] }) }];
  });
}

function findable(kind: Exclude<DirectoryRow['kind'], 'polygons'>, body: string): Findable {
  switch (kind) {
    case 'regions': {
      const row = JSON.parse(body) as Region;
      return { regionId: row.id, title: row.name, texts: namesOf(row), wholes: [row.code] };
    }
    case 'cameras': {
      const row = JSON.parse(body) as Camera;
      return { regionId: row.regionId, title: row.name, texts: namesOf(row), wholes: [row.number, row.gbId ?? ''] };
    }
    case 'centers': {
      const row = JSON.parse(body) as Center;
      return { regionId: row.regionId, title: row.name, texts: namesOf(row), wholes: [row.dutyPhone] };
    }
    case 'units': {
      const row = JSON.parse(body) as Unit;
      return {
        regionId: row.regionId,
        title: row.name,
        texts: namesOf({ ...row, spelling: spellingOf(row.name) }),
        wholes: [row.dutyPhone],
      };
    }
    case 'responders': {
      const row = JSON.parse(body) as Responder;
      const names = namesOf({ name: row.name, nameEn: '', spelling: spellingOf(row.name) });
      return { regionId: row.regionId, title: row.name, texts: names, wholes: [] };
    }
  }
}

function namesOf({ name, nameEn, spelling }: Pick<Camera, 'name' | 'nameEn' | 'spelling'>): readonly string[] {
  return [name, nameEn, spelling.pinyin, ...endsOf(spelling.initials)];
}
