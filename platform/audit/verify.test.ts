import { expect, test } from 'vitest';
import { type Actor, chainHash, type Fact, type FeedName, genesisHash, type Position } from '#contract/record/index.ts';
import type { CommandId, CountyId } from '#contract/values/index.ts';
import { type PlacedRow, type RecordRows, sha256 } from '../record/index.ts';
import { type Finding, placeKey, verifyRecord } from './verify.ts';

/** A record in plain arrays, free to be tampered with. */
type Loose = { places: { -readonly [Field in keyof PlacedRow]: PlacedRow[Field] }[]; heads: Position[]; receipts: [string, number][] };

const feeds = ['county/al', 'town/east', 'audit/al'] as FeedName[];
const epoch = 'e1';
const factsPerFeed = 12;

function factOf(number: number): Fact {
  return {
    countyId: 'al' as CountyId,
    type: 'cameras.sourceLost',
    v: 1,
    atMs: 1_763_800_000_000 + number,
    actor: 'person/p-1' as Actor,
    commandId: `00000000-0000-7000-8000-${String(number).padStart(12, '0')}` as CommandId,
    subject: `camera/c-${number}`,
    payload: JSON.stringify({ cameraId: `c-${number}`, reason: 'noData' }),
  };
}

/** Hashes a feed's rows anew from the given index on, as somebody would who knows how the chain is made. */
function rehash(loose: Loose, feed: FeedName): void {
  let hash = genesisHash({ feed, epoch, sha256 });
  for (const [index, row] of loose.places.filter((each) => each.feed === feed).entries()) {
    row.seq = index + 1;
    row.prevHash = hash;
    hash = row.fact === null ? hash : chainHash({ prevHash: hash, seq: row.seq, fact: row.fact, sha256 });
    row.hash = hash;
  }
}

/** Makes the stored heads those of the rows that are there. */
function adjustHeads(loose: Loose): void {
  loose.heads = feeds.flatMap((feed) => {
    const last = loose.places.findLast((row) => row.feed === feed);
    return last === undefined ? [] : [{ feed, epoch, seq: last.seq, hash: last.hash }];
  });
}

function wholeRecord(): Loose {
  const places = feeds.flatMap((feed, index) =>
    Array.from({ length: factsPerFeed }, (_, at) => {
      const gid = index * factsPerFeed + at + 1;
      return { feed, epoch, seq: at + 1, prevHash: '', hash: '', gid, fact: factOf(gid) };
    }),
  );
  const loose: Loose = { places, heads: [], receipts: places.map(({ fact }) => [fact.commandId ?? '', 1]) };
  for (const feed of feeds) rehash(loose, feed);
  adjustHeads(loose);
  return loose;
}

function rowsOf({ places, heads, receipts }: Loose): RecordRows {
  const inOrder = places.toSorted((a, b) => (a.feed < b.feed ? -1 : a.feed > b.feed ? 1 : a.seq - b.seq));
  return {
    places: () => inOrder,
    heads: () => heads,
    epochStarts: () => [],
    unplaced: () => [],
    receipts: () => receipts.map(([commandId, factCount]) => ({ commandId, factCount })),
    factsOf: (commandId) => new Set(places.filter(({ fact }) => fact?.commandId === commandId).map(({ gid }) => gid)).size,
    snapshots: () => [],
  };
}

/** What the check finds, with the heads that desks kept of the untouched record or without. */
function check(loose: Loose, kept: readonly Position[]): readonly Finding[] {
  const { findings, hashes } = verifyRecord({ rows: rowsOf(loose), wanted: new Set(kept.map(placeKey)), sha256 });
  const missing = kept.filter((place) => hashes.get(placeKey(place)) !== place.hash);
  return [...findings, ...missing.map(({ feed, seq }) => ({ code: 'otherThanSigned', feed, seq, about: '' }) as const)];
}

type Draw = (below: number) => number;
type Tampering = { readonly name: string; readonly found: 'always' | 'withHeads'; readonly tamper: (loose: Loose, draw: Draw) => void };

const rowAt = (loose: Loose, draw: Draw) => {
  const row = loose.places[draw(loose.places.length)];
  if (row === undefined) throw new Error('an empty record');
  return row;
};
/** Another letter or digit at one place of a text. */
const flip = (text: string, draw: Draw) => {
  const place = draw(text.length);
  return `${text.slice(0, place)}${text[place] === '0' ? '1' : '0'}${text.slice(place + 1)}`;
};
const changeFact = (change: (fact: Fact, draw: Draw) => Partial<Fact>) => (loose: Loose, draw: Draw) => {
  const row = rowAt(loose, draw);
  if (row.fact !== null) row.fact = { ...row.fact, ...change(row.fact, draw) };
};
const cutTail = (loose: Loose, draw: Draw) => {
  const feed = rowAt(loose, draw).feed;
  const kept = 1 + draw(factsPerFeed - 1);
  const gone = loose.places.filter((row) => row.feed === feed && row.seq > kept);
  loose.places = loose.places.filter((row) => !gone.includes(row));
  loose.receipts = loose.receipts.filter(([commandId]) => !gone.some(({ fact }) => fact?.commandId === commandId));
  adjustHeads(loose);
};

const tamperings: readonly Tampering[] = [
  { name: 'a byte of a payload', found: 'always', tamper: changeFact(({ payload }, draw) => ({ payload: flip(payload, draw) })) },
  { name: 'a time', found: 'always', tamper: changeFact(({ atMs }, draw) => ({ atMs: atMs + 1 + draw(1_000) })) },
  { name: 'an actor', found: 'always', tamper: changeFact(({ actor }, draw) => ({ actor: flip(actor, draw) as Actor })) },
  { name: 'a type', found: 'always', tamper: changeFact(({ type }, draw) => ({ type: flip(type, draw) })) },
  {
    name: 'a hash',
    found: 'always',
    tamper(loose, draw) {
      const row = rowAt(loose, draw);
      row.hash = flip(row.hash, draw);
    },
  },
  {
    name: 'a previous hash',
    found: 'always',
    tamper(loose, draw) {
      const row = rowAt(loose, draw);
      row.prevHash = flip(row.prevHash, draw);
    },
  },
  {
    name: 'a number',
    found: 'always',
    tamper(loose, draw) {
      rowAt(loose, draw).seq += 1 + draw(factsPerFeed);
    },
  },
  { name: 'a removed row', found: 'always', tamper: (loose, draw) => void loose.places.splice(draw(loose.places.length), 1) },
  {
    name: 'an inserted row',
    found: 'always',
    tamper(loose, draw) {
      const row = rowAt(loose, draw);
      loose.places.push({ ...row, gid: 999, fact: factOf(999), hash: sha256(String(draw(1_000_000))) });
    },
  },
  {
    name: 'two rows in another order',
    found: 'always',
    tamper(loose, draw) {
      const row = rowAt(loose, draw);
      const other = loose.places.find(({ feed, seq }) => feed === row.feed && seq === (row.seq % factsPerFeed) + 1);
      if (other !== undefined) [row.fact, other.fact, row.gid, other.gid] = [other.fact, row.fact, other.gid, row.gid];
    },
  },
  {
    name: "two feeds' rows swapped",
    found: 'always',
    tamper(loose, draw) {
      const [one, two] = [draw(3), draw(2)];
      const from = feeds[one];
      const to = feeds.filter((feed) => feed !== from)[two];
      for (const row of loose.places) row.feed = (row.feed === from ? to : row.feed === to ? from : row.feed) as FeedName;
      adjustHeads(loose);
    },
  },
  { name: 'a cut tail, head and receipts with it', found: 'withHeads', tamper: cutTail },
  {
    name: 'a changed fact and every hash behind it made anew',
    found: 'withHeads',
    tamper(loose, draw) {
      changeFact(({ atMs }) => ({ atMs: atMs - 60_000 }))(loose, draw);
      for (const feed of feeds) rehash(loose, feed);
      adjustHeads(loose);
    },
  },
];

/** Mulberry32: small, seeded, good enough to draw places. */
function createDraw(seed: number): Draw {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

test('an untouched record has no findings, with kept heads and without', () => {
  const whole = wholeRecord();
  const earlier = whole.places.filter(({ seq }) => seq === 5);
  expect([check(whole, []), check(whole, whole.heads), check(whole, earlier)]).toEqual([[], [], []]);
});

test('each of 1,000 random tamperings is found when a desk has kept the heads', () => {
  const draw = createDraw(20_261_122);
  const missed: string[] = [];
  for (let run = 0; run < 1_000; run += 1) {
    const loose = wholeRecord();
    const kept = loose.heads;
    const tampering = tamperings[run % tamperings.length] as Tampering;
    tampering.tamper(loose, draw);
    if (check(loose, kept).length === 0) missed.push(`${run}: ${tampering.name}`);
  }
  expect(missed).toEqual([]);
});

test.each(tamperings)('without kept heads, $name is found: $found', ({ tamper, found }) => {
  const loose = wholeRecord();
  tamper(loose, createDraw(7));
  expect(check(loose, []).length > 0).toBe(found === 'always');
});

test('what is wrong is said with its feed and its number', () => {
  const loose = wholeRecord();
  const row = loose.places.find(({ feed, seq }) => feed === 'town/east' && seq === 4);
  if (row?.fact) row.fact = { ...row.fact, payload: '{}' };
  loose.places = loose.places.filter(({ feed, seq }) => feed !== 'audit/al' || seq !== 9);
  loose.receipts = loose.receipts.filter(([commandId]) => commandId !== factOf(33).commandId);
  expect(check(loose, []).map(({ code, feed, seq }) => [code, feed, seq])).toEqual([
    ['gap', 'audit/al', 10],
    ['otherFact', 'town/east', 4],
  ]);
});

test('a command whose fact is gone is noticed by its receipt', () => {
  const loose = wholeRecord();
  loose.receipts.push(['00000000-0000-7000-8000-00000000beef', 1]);
  expect(check(loose, [])).toEqual([
    { code: 'otherReceipt', feed: null, seq: null, about: 'command 00000000-0000-7000-8000-00000000beef' },
  ]);
});
