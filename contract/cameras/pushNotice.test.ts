import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PushNotice } from './push.ts';
import { readPushNotice } from './pushNotice.ts';

const notices: readonly object[] = [
  { type: 'opened', channel: 1, cameraId: 'al-0001', quality: 'sub', mimeType: 'video/mp4; codecs="avc1.42c00d"' },
  { type: 'opened', channel: 0xffff_ffff, cameraId: 'A._-9', quality: 'main', mimeType: '' },
  { type: 'refused', channel: 7, code: 'access.notAllowed' },
  { type: 'closed', channel: 7, code: '' },
  { type: 'source', channel: 7, source: { kind: 'flowing' } },
  { type: 'source', channel: 7, source: { kind: 'lost', sinceMs: 0 } },
  { type: 'source', channel: 7, source: { kind: 'unmoving', sinceMs: 8_640_000_000_000_000 } },
  { type: 'clock', channel: 7, offsetMs: -0.25 },
];

/** What stands where something else should: the ends of each range and what lies just beyond them, and other kinds of values. */
const strange = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, true, '', 'main', 'flowing', 'lost', 'clock', 'closed', 'opened', 'source', 'refused', [], {}),
  fc.constantFrom<unknown>(0, -0, 1, -1, 1.5, 0xffff_ffff, 0x1_0000_0000, 8_640_000_000_000_001, 2 ** 53, Number.POSITIVE_INFINITY),
  fc.constantFrom<unknown>('a'.repeat(64), 'a'.repeat(65), 'x'.repeat(120), 'x'.repeat(121), '.a', 'a\n', 'a b', '县', '__proto__'),
  fc.constantFrom<unknown>(
    { kind: 'flowing', sinceMs: 1 },
    { kind: 'lost' },
    { kind: 'lost', sinceMs: -1 },
    { kind: 'unmoving', sinceMs: 1.5 },
  ),
  fc.jsonValue(),
);
const field = fc.constantFrom(
  'type',
  'channel',
  'code',
  'cameraId',
  'quality',
  'mimeType',
  'source',
  'offsetMs',
  'sinceMs',
  'more',
  'toString',
);
type Change = { readonly name: string; readonly value: unknown; readonly how: 'put' | 'take' };
const change: fc.Arbitrary<Change> = fc.record({ name: field, value: strange, how: fc.constantFrom('put', 'take') });

function changed(notice: object, changes: readonly Change[]): unknown {
  const fields = new Map(Object.entries(notice));
  for (const { name, value, how } of changes) {
    if (how === 'put') fields.set(name, value);
    else fields.delete(name);
  }
  return Object.fromEntries(fields);
}

const bySchema = (told: unknown) => PushNotice.safeParse(told).data ?? null;

test('every kind of notice is read as the schema reads it', () => {
  expect(notices.map(readPushNotice)).toEqual(notices.map(bySchema));
  expect(notices.map(bySchema)).toEqual(notices);
});

test('what is no notice is none by either way: changed fields, missing ones, strange ones and other values', () => {
  let refused = 0;
  const told = fc.oneof(
    fc
      .tuple(fc.constantFrom(...notices), fc.array(change, { minLength: 1, maxLength: 3 }))
      .map(([notice, changes]) => changed(notice, changes)),
    strange,
  );
  fc.assert(
    fc.property(told, (each) => {
      const read = readPushNotice(each);
      if (read === null) refused += 1;
      expect(read).toEqual(bySchema(each));
    }),
    { seed: 24, numRuns: 20_000 },
  );
  // Both have something to do in it.
  expect([refused > 5_000, refused < 19_000]).toEqual([true, true]);
});

test('a field of the prototype is no field, by either way', () => {
  for (const text of [
    '{"type":"clock","channel":1,"offsetMs":1,"__proto__":{}}',
    '{"type":"clock","channel":1,"__proto__":{"offsetMs":1}}',
  ]) {
    const told: unknown = JSON.parse(text);
    expect([text, readPushNotice(told)]).toEqual([text, bySchema(told)]);
  }
});
