import { expect, test } from 'vitest';
import { decodePiece } from '#contract/cameras/index.ts';
import { fragmentOf } from '../testing/fragment.ts';
import { cutPieces } from './cutPieces.ts';
import { createPieceSender, type PieceSource } from './pieceSender.ts';

const kib = 1024;

function sourceOf({ channel, bytes }: { channel: number; bytes: number }): PieceSource {
  const fragment = fragmentOf({ number: 1, isKey: true, bytes: new Uint8Array(bytes).fill(channel) });
  const pieces = cutPieces(channel, { kind: 'fragment', fragment, isAfterHole: true });
  return { nextPiece: () => pieces.next().value ?? null };
}

/** A socket that takes a piece only when told to. */
function createSlowSocket() {
  const sent: Uint8Array[] = [];
  const taken: (() => void)[] = [];
  return {
    sent,
    takeOne: () => taken.shift()?.(),
    send: (bytes: Uint8Array, onTaken: () => void) => {
      sent.push(bytes);
      taken.push(onTaken);
    },
  };
}

const channelsOf = (sent: readonly Uint8Array[]) => sent.map((bytes) => decodePiece(bytes)?.channel);

test('channels take turns piece by piece, so that a large picture does not hold up a small one', () => {
  const socket = createSlowSocket();
  const sender = createPieceSender({ send: socket.send });
  sender.add(sourceOf({ channel: 1, bytes: 150 * kib }), 'usual');
  sender.add(sourceOf({ channel: 2, bytes: 70 * kib }), 'usual');
  sender.add(sourceOf({ channel: 3, bytes: 1 * kib }), 'usual');
  sender.pump();
  for (let turn = 0; turn < 10; turn += 1) socket.takeOne();
  expect(channelsOf(socket.sent)).toEqual([1, 2, 3, 1, 2, 1]);
});

test('a socket that takes nothing is handed a bounded amount, and the rest when it takes again', () => {
  const socket = createSlowSocket();
  const sender = createPieceSender({ send: socket.send });
  sender.add(sourceOf({ channel: 1, bytes: 2048 * kib }), 'usual');
  for (let times = 0; times < 50; times += 1) sender.pump();
  const handedOver = socket.sent.reduce((sum, bytes) => sum + bytes.length, 0);
  expect(handedOver).toBeLessThanOrEqual((256 + 65) * kib);
  for (let turn = 0; turn < 100; turn += 1) socket.takeOne();
  const payload = socket.sent.reduce((sum, bytes) => sum + (decodePiece(bytes)?.payload.length ?? 0), 0);
  expect(payload).toBe(2048 * kib);
});

test('a removed channel sends nothing more', () => {
  const socket = createSlowSocket();
  const sender = createPieceSender({ send: socket.send });
  const source = sourceOf({ channel: 1, bytes: 2048 * kib });
  sender.add(source, 'usual');
  sender.pump();
  const before = socket.sent.length;
  sender.remove(source);
  for (let turn = 0; turn < 20; turn += 1) socket.takeOne();
  expect(socket.sent).toHaveLength(before);
});

test('a fragment is cut into pieces of 64 KiB with the same numbers, the last one marked', () => {
  const fragment = fragmentOf({ number: 9, isKey: true, bytes: new Uint8Array(130 * kib), sourceAtMs: 5 });
  const pieces = [...cutPieces(4, { kind: 'fragment', fragment, isAfterHole: false })].map((bytes) => decodePiece(bytes));
  expect(
    pieces.map((piece) => [piece?.channel, piece?.fragment, piece?.payload.length, piece?.isLast, piece?.isKey, piece?.sourceAtMs]),
  ).toEqual([
    [4, 9, 64 * kib, false, true, 5],
    [4, 9, 64 * kib, false, true, 5],
    [4, 9, 2 * kib, true, true, 5],
  ]);
});

test('pieces of an alarm go before all others, and the others go on when it has nothing to send', () => {
  const socket = createSlowSocket();
  const sender = createPieceSender({ send: socket.send });
  sender.add(sourceOf({ channel: 1, bytes: 150 * kib }), 'usual');
  sender.add(sourceOf({ channel: 2, bytes: 150 * kib }), 'alarm');
  sender.pump();
  for (let turn = 0; turn < 10; turn += 1) socket.takeOne();
  expect(channelsOf(socket.sent)).toEqual([2, 2, 2, 1, 1, 1]);
});
