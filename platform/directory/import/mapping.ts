import { z } from 'zod';
import { aliasesOf, type HeadingMap, plainHeading, type TableKind, tableKinds } from './columns.ts';
import { decodeText } from './decodeText.ts';
import type { Problems } from './problems.ts';

/** The file that says what a county's own headings mean: `{ "cameras": { "设备ID": "gbId", "备注": null } }`. A dry run proposes it. */
export const mappingFile = 'mapping.json';

const Meaning = z.union([z.string(), z.null(), z.object({ field: z.string().nullable() }).transform(({ field }) => field)]);
const Mapping = z.partialRecord(z.enum(tableKinds), z.record(z.string(), Meaning));

/** Reads a mapping file. What is wrong with it is told; such an entry counts for nothing. */
export function readMapping({ bytes, problems }: { bytes: Buffer; problems: Problems }): ReadonlyMap<TableKind, HeadingMap> {
  const about = { file: mappingFile, line: 0, column: null, value: '' };
  const parsed = Mapping.safeParse(parseJson(decodeText(bytes).text));
  if (!parsed.success) {
    problems.refuse({ ...about, code: 'directory.import.badMapping' });
    return new Map();
  }
  return new Map(
    tableKinds.map((kind) => {
      const known = aliasesOf(kind);
      const entries = Object.entries(parsed.data[kind] ?? {}).filter(([heading, field]) => {
        const isKnown = field === null || known.has(field);
        if (!isKnown) {
          const params = { known: [...known.keys()].join(', ') };
          problems.refuse({ ...about, column: heading, value: field ?? '', code: 'directory.import.mappingField', params });
        }
        return isKnown;
      });
      return [kind, new Map(entries)] as const;
    }),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return null;
  }
}

/** What a heading probably means, and why (a code of `directory.guess`). */
export type Guess = { readonly field: string | null; readonly why: string };

type Clue = { readonly why: string; readonly fields: readonly string[]; readonly fits: (value: string) => boolean };

/** What values give away, most telling first. */
const clues: readonly Clue[] = [
  { why: 'twentyDigits', fields: ['gbId'], fits: (value) => /^\d{20}$/.test(value) },
  {
    why: 'streamAddress',
    fields: ['mainUrl', 'subUrl'],
    fits: (value) => /^(rtsps?|onvif):\/\/|^https?:\/\/.*(\.m3u8|\/whep|\/onvif\/)|^rtmp-in:/i.test(value),
  },
  { why: 'east', fields: ['longitude'], fits: (value) => /^\d{2,3}\.\d{3,}$/.test(value) && Number(value) > 73 && Number(value) < 136 },
  { why: 'north', fields: ['latitude'], fits: (value) => /^\d{1,2}\.\d{3,}$/.test(value) && Number(value) > 3 && Number(value) < 54 },
  {
    why: 'phone',
    fields: ['dutyPhone', 'leaderPhone', 'backupPhone', 'maintainerPhone'],
    fits: (value) => /^(1\d{10}|0\d{2,3}-?\d{7,8})$/.test(value),
  },
];

/** Guesses a heading's meaning from its words, then from the values under it; a column that the file has already is never meant. */
export function guessColumn({
  kind,
  heading,
  samples,
  hasColumn,
  isRegion,
}: {
  kind: TableKind;
  heading: string;
  samples: readonly string[];
  hasColumn: (column: string) => boolean;
  isRegion: (value: string) => boolean;
}): Guess {
  const free = new Map([...aliasesOf(kind)].filter(([column]) => !hasColumn(column)));
  const plain = plainHeading(heading);
  const words = [...free].flatMap(([column, own]) => own.map((word) => ({ column, word: plainHeading(word) })));
  const [said] = words.filter(({ word }) => word.length > 1 && plain.includes(word)).toSorted((a, b) => b.word.length - a.word.length);
  const all = [...clues, { why: 'regionNames', fields: ['region'], fits: isRegion }];
  const clue = all.find(({ fields, fits }) => fields.some((field) => free.has(field)) && samples.length > 0 && samples.every(fits));
  const shown = clue?.fields.find((field) => free.has(field));
  // Twenty digits prove more than a word; a phone number says less.
  if (clue !== undefined && shown !== undefined && (clue.why !== 'phone' || said === undefined)) return { field: shown, why: clue.why };
  return said === undefined ? { field: null, why: 'nothing' } : { field: said.column, why: 'heading' };
}
