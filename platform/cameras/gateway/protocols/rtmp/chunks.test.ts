import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AmfValue, readAmf, writeAmf } from './amf0.ts';
import { createChunkReader, messageLimits, writeChunk } from './chunks.ts';

const read = (pieces: readonly Buffer[], maxMessageBytes: number = messageLimits.known) => {
  const reader = createChunkReader({ maxMessageBytes: () => maxMessageBytes });
  return pieces.flatMap((piece) => reader.push(piece));
};
const cut = (bytes: Buffer, size: number) =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));

test('messages are whole again, however their bytes are cut', () => {
  const message = fc.record({ type: fc.integer({ min: 2, max: 20 }), payload: fc.uint8Array({ minLength: 1, maxLength: 700 }) });
  fc.assert(
    fc.property(fc.array(message, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 300 }), (messages, size) => {
      const bytes = Buffer.concat(
        messages.map(({ type, payload }) => writeChunk({ channel: 3, type, streamId: 1, payload: Buffer.from(payload) })),
      );
      const back = read(cut(bytes, size)).map((event) =>
        event.kind === 'message' ? [event.message.type, [...event.message.payload]] : event.kind,
      );
      return JSON.stringify(back) === JSON.stringify(messages.map(({ type, payload }) => [type, [...payload]]));
    }),
    { numRuns: 100, seed: 11 },
  );
});

test('any bytes at all are read without an error and never kept without end', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 500 }), { maxLength: 20 }), (pieces) => {
      read(pieces.map((piece) => Buffer.from(piece)));
      readAmf(Buffer.from(pieces[0] ?? []));
      return true;
    }),
    { numRuns: 500, seed: 12 },
  );
});

test('a message beyond four megabytes, and a stream that never began, are garbage', () => {
  const huge = Buffer.concat([Buffer.from([3, 0, 0, 0, 0xff, 0xff, 0xff, 9, 1, 0, 0, 0]), Buffer.alloc(200)]);
  expect(read([huge])).toEqual([{ kind: 'garbage' }]);
  expect(read([Buffer.from([0xc5, 1, 2, 3])])).toEqual([{ kind: 'garbage' }]);
  const long = writeChunk({ channel: 3, type: 20, streamId: 0, payload: Buffer.alloc(20_000) });
  expect([read([long])[0]?.kind, read([long], messageLimits.stranger)[0]?.kind]).toEqual(['message', 'garbage']);
});

test('a command is read as it was written, and its keys are never those of our own objects', () => {
  const bytes = writeAmf(['connect', 1, { app: 'live', __proto__x: 'y' }, null]);
  const [name, transaction, argument, nothing] = readAmf(bytes)!;
  expect([name, transaction, nothing]).toEqual(['connect', 1, null]);
  expect((argument as ReadonlyMap<string, AmfValue>).get('app')).toBe('live');
  expect((argument as ReadonlyMap<string, AmfValue>).get('constructor')).toBe(undefined);
  expect(readAmf(bytes.subarray(0, -5))).toBe(null);
  expect(readAmf(Buffer.concat(Array.from({ length: 50 }, () => Buffer.from([3, 0, 1, 0x61]))))).toBe(null);
});
