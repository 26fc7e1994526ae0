import type { TFunction } from 'i18next';
import type { AuditPage, AuditRow, FaultRow, LookingPage, LookingRow, NamedCamera } from '#contract/audit/index.ts';
import { refusalText } from '../language/index.ts';
import { countyTime } from './countyTime.ts';

/** What rows are written with: words, the language, and the county's zone. */
export type RowWords = { readonly t: TFunction; readonly language: string; readonly timeZone: string };

type Names = Pick<LookingPage, 'cameras' | 'people'>;

/** A look in words; a list's line has the same. */
export function lookingTexts(row: LookingRow, { names, words }: { names: Names; words: RowWords }) {
  const { t, timeZone } = words;
  const camera = names.cameras.find(({ cameraId }) => cameraId === row.cameraId);
  const person = names.people.find(({ personId }) => personId === row.personId);
  const { kind, reference } = row.purpose;
  return {
    from: countyTime(row.openedAtMs, timeZone),
    until: untilText(row, words),
    length: row.endedAtMs === null ? '' : lengthText(row.endedAtMs - row.openedAtMs, t),
    who: row.personId === null ? t('audit:who.workstation') : (person?.name ?? row.personId),
    desk: row.deskId,
    camera: camera === undefined ? row.cameraId : nameOf(camera, words),
    number: camera?.number ?? '',
    place: placeText(camera, words),
    purpose: reference === null ? t(`audit:purpose.${kind}`) : `${t(`audit:purpose.${kind}`)} ${reference}`,
    tile: row.tile.startsWith('evidence/')
      ? t('audit:keptTile')
      : t('audit:tile', { tile: tileText(row.tile, t), quality: t(`audit:quality.${row.quality}`) }),
    how: row.end === null ? '' : t(`audit:end.${row.end}`),
  };
}

/** Where a look was shown: the console's own picture, or a display and the number of its cell as walls count them; anything else as it was told. */
export function tileText(tile: string, t: TFunction): string {
  if (tile === 'console/preview') return t('audit:tilePlace.preview');
  const [, display, cell] = /^(.+)\/(\d{1,2})$/.exec(tile) ?? [];
  return cell === undefined ? tile : t('audit:tilePlace.cell', { display, cell: Number(cell) + 1 });
}

/** An outage or fault in words. */
export function faultTexts(row: Omit<FaultRow, 'seq'>, { names, words }: { names: Names; words: RowWords }) {
  const { t, timeZone } = words;
  const camera = names.cameras.find(({ cameraId }) => cameraId === row.cameraId);
  return {
    from: countyTime(row.fromMs, timeZone),
    until: row.untilMs === null ? t('audit:stillThere') : countyTime(row.untilMs, timeZone),
    length: row.untilMs === null ? '' : lengthText(row.untilMs - row.fromMs, t),
    camera: camera === undefined ? row.cameraId : nameOf(camera, words),
    number: camera?.number ?? '',
    place: placeText(camera, words),
    faultKind: t(`audit:faultKind.${row.kind}`),
    reason: t(`audit:reason.${row.reason}`),
    found: finderOf(row.fromActor),
    word: row.word === null ? '' : [t(`audit:word.${row.word}`), finderOf(row.wordActor ?? '')].join(' · '),
  };

  function finderOf(actor: string): string {
    if (!actor.startsWith('person/')) return t('audit:found.system');
    return names.people.find(({ personId }) => `person/${personId}` === actor)?.name ?? t('audit:found.person');
  }
}

/** An entry of the audit register in words. A type that this page does not know is shown by its name, with what it carries. */
export function entryTexts(row: AuditRow, { names, words }: { names: Pick<AuditPage, 'people'>; words: RowWords }) {
  const { t, timeZone } = words;
  const nameOfActor = (actor: string) => {
    const [kind, id = ''] = actor.split('/', 2);
    if (kind === 'person') return names.people.find(({ personId }) => personId === id)?.name ?? id;
    return kind === 'device' ? t('audit:who.desk', { id }) : t('audit:who.platform');
  };
  const name = row.type.replace('audit.', '');
  const known = t(`audit:entry.${name}`, { defaultValue: '' });
  return {
    at: countyTime(row.atMs, timeZone),
    who: nameOfActor(row.actor),
    what: known === '' ? row.type : known,
    detail: detailText(row, { t, subject: row.subject.startsWith('person/') ? nameOfActor(row.subject) : '' }),
  };
}

function detailText({ type, actor, subject: about, payload }: AuditRow, { t, subject }: { t: TFunction; subject: string }): string {
  const fields = fieldsOf(payload);
  const parts = [
    subject !== '' && about !== actor ? subject : '',
    wordOf(t, { group: 'change', value: fields['change'] }),
    wordOf(t, { group: 'why', value: fields['why'] }),
    wordOf(t, { group: 'surface', value: fields['surface'] ?? fields['register'] }),
    wordOf(t, { group: 'streams', value: fields['streams'] }),
    plain(fields['commandType'] ?? fields['page'] ?? fields['cameraId']),
    ...(type.startsWith('evidence.') ? keptTexts(t, fields) : []),
    typeof fields['deskId'] === 'string' ? t('audit:who.desk', { id: fields['deskId'] }) : '',
    typeof fields['code'] === 'string' ? refusalText(t, { code: fields['code'] }) : '',
    counted(t, fields),
  ];
  const text = parts.filter((part) => part !== '').join(t('audit:comma'));
  return text === '' && !Object.hasOwn(knownTypes, type) ? payload : text;
}

/** Why a picture was kept, opened or erased, and which one it was. */
function keptTexts(t: TFunction, { reason, purpose, evidenceId }: Readonly<Record<string, unknown>>): readonly string[] {
  const why = (group: 'keptFor' | 'purpose', { kind, reference }: Readonly<Record<string, unknown>>) =>
    [wordOf(t, { group, value: kind }), plain(reference)].filter((part) => part !== '').join(' ');
  return [
    isFields(reason) ? why('keptFor', reason) : wordOf(t, { group: 'erasedWhy', value: reason }),
    isFields(purpose) ? why('purpose', purpose) : '',
    t('audit:keptId', { id: plain(evidenceId) }),
  ];
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Facts whose whole content is who, when and what: nothing more is to be said. */
const knownTypes = { 'audit.loggedIn': true, 'audit.loggedOut': true, 'audit.administratorNamed': true, 'audit.passwordChanged': true };

function counted(t: TFunction, fields: Readonly<Record<string, unknown>>): string {
  const counts = (['rows', 'repeats', 'openViews', 'sessions', 'accounts'] as const).flatMap((name) => {
    const count = fields[name];
    return typeof count === 'number' && (count > 0 || name === 'rows') ? [t(`audit:count.${name}`, { count })] : [];
  });
  return counts.join(t('audit:comma'));
}

function fieldsOf(payload: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(payload);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

type WordGroup = 'change' | 'why' | 'surface' | 'streams' | 'keptFor' | 'erasedWhy' | 'purpose';

function wordOf(t: TFunction, { group, value }: { group: WordGroup; value: unknown }): string {
  return typeof value === 'string' ? t(`audit:${group}.${value}`, { defaultValue: value }) : '';
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function untilText({ endedAtMs, end }: LookingRow, { t, timeZone }: RowWords): string {
  if (endedAtMs === null) return t('audit:watching');
  const at = countyTime(endedAtMs, timeZone);
  return end === 'platformEnded' ? t('audit:atTheLatest', { at }) : at;
}

function lengthText(ms: number, t: TFunction): string {
  const seconds = Math.round(ms / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  if (hours > 0) return t('audit:length.hours', { hours, minutes });
  return minutes > 0 ? t('audit:length.minutes', { minutes, seconds: seconds % 60 }) : t('audit:length.seconds', { seconds });
}

function nameOf({ name, nameEn }: { readonly name: string; readonly nameEn: string }, { language }: RowWords): string {
  return language === 'en' && nameEn !== '' ? nameEn : name;
}

/** Where it is, without the county: everything here is in it. */
function placeText(camera: NamedCamera | undefined, words: RowWords): string {
  return (camera?.place ?? [])
    .slice(1)
    .map((place) => nameOf(place, words))
    .join(' / ');
}
