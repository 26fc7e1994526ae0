import { describe, expect, test } from 'vitest';
import type { PushPiece } from '#contract/cameras/index.ts';
import { type Appended, createPushBuffer } from './pushBuffer.ts';

/** A source buffer that takes one thing at a time, like the real one; `finish` ends what it is doing. */
function createSourceBuffer() {
  const done: string[] = [];
  const listeners = new Map<string, () => void>();
  const state = { updating: false, timestampOffset: 0, failWith: null as string | null, startS: 0 };
  const begin = (what: string) => {
    if (state.updating) throw new Error(`${what} while updating`);
    if (state.failWith !== null && what.startsWith('append')) throw new DOMException('full', state.failWith);
    done.push(what);
    state.updating = true;
  };
  const sourceBuffer = {
    get updating() {
      return state.updating;
    },
    get timestampOffset() {
      return state.timestampOffset;
    },
    set timestampOffset(offset: number) {
      done.push(`offset ${offset.toFixed(2)}`);
      state.timestampOffset = offset;
    },
    get buffered() {
      return { length: 1, start: () => state.startS, end: () => 0 };
    },
    appendBuffer: (bytes: Uint8Array) => begin(`append ${bytes.length}`),
    remove: (from: number, to: number) => begin(`remove ${from}-${to}`),
    abort: () => done.push('reset'),
    changeType: (type: string) => done.push(`type ${type}`),
    addEventListener: (name: string, listener: () => void) => listeners.set(name, listener),
  } as unknown as SourceBuffer;
  const finish = () => {
    while (state.updating) {
      state.updating = false;
      listeners.get('updateend')?.();
    }
  };
  return { sourceBuffer, done, state, finish };
}

function open() {
  const fake = createSourceBuffer();
  const appended: Appended[] = [];
  const failures: string[] = [];
  const buffer = createPushBuffer({
    sourceBuffer: fake.sourceBuffer,
    onAppended: (told) => appended.push(told),
    onFailed: (code) => failures.push(code),
  });
  return { ...fake, buffer, appended, failures };
}

function piece(fields: Partial<PushPiece> & { bytes?: number }): PushPiece {
  const { bytes = 10, ...rest } = fields;
  return {
    channel: 1,
    fragment: 1,
    isInit: false,
    isKey: true,
    isAfterHole: false,
    isLast: true,
    mediaTime: 0,
    durationS: 0.5,
    arrivedAtMs: 1_000,
    sourceAtMs: null,
    payload: new Uint8Array(bytes),
    ...rest,
  };
}

const init = piece({ fragment: 0, isInit: true, bytes: 5 });

describe('appending pushed pieces', () => {
  test('goes one at a time, and a fragment is told of when its last piece is in', () => {
    const { buffer, done, appended, finish } = open();
    buffer.take(init);
    buffer.take(piece({ isLast: false }));
    buffer.take(piece({ bytes: 4 }));
    expect(done).toEqual(['append 5']);
    finish();
    expect(done).toEqual(['append 5', 'append 10', 'append 4']);
    expect(appended).toEqual([{ mediaTime: 0, bytes: 14, point: { mediaTime: 0, durationS: 0.5, arrivedAtMs: 1_000, sourceAtMs: null } }]);
  });

  test('resets the parser when the gateway gives up a fragment half-way', () => {
    const { buffer, done, finish } = open();
    buffer.take(piece({ isLast: false }));
    buffer.take(piece({ fragment: 2 }));
    finish();
    expect(done).toEqual(['append 10', 'reset', 'append 10']);
  });

  test('plays a source that counts from zero again after the newest picture, and acknowledges its own times', () => {
    const { buffer, done, appended, finish } = open();
    buffer.take(piece({ mediaTime: 100 }));
    finish();
    buffer.take(init);
    buffer.take(piece({ fragment: 2, mediaTime: 0 }));
    finish();
    expect(done).toContain('offset 100.54');
    expect(appended.at(-1)?.mediaTime).toBe(0);
    expect(appended.at(-1)?.point.mediaTime).toBeCloseTo(100.54);
  });

  test('cuts what was played long ago, and changes the codec between fragments', () => {
    const { buffer, done, finish } = open();
    buffer.take(piece({ mediaTime: 4 }));
    buffer.take(piece({ fragment: 2, mediaTime: 9, isKey: false }));
    buffer.changeType('video/mp4; codecs="avc1.64001f"');
    finish();
    expect(done).toEqual(['append 10', 'append 10', 'remove 0-3.99', 'type video/mp4; codecs="avc1.64001f"']);
  });

  test('makes room when it is full, and gives up when that does not help', () => {
    const { buffer, done, state, failures, finish } = open();
    state.failWith = 'QuotaExceededError';
    buffer.take(piece({}));
    expect(done).toEqual(['remove 0-0.1']);
    finish();
    expect(failures).toEqual(['push.QuotaExceededError']);
  });
});
