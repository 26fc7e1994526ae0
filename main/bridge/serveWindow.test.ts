import { describe, expect, test } from 'vitest';
import { bridgeLimits, methodsOf, type Room, type RoomEvent, type WindowIdentity } from '#contract/bridge/index.ts';
import type { LinkLog } from '#contract/link/index.ts';
import type { CommandId, WindowId } from '#contract/values/index.ts';
import { type Channel, createAnnouncer, createEnding } from '#main/shell/index.ts';
import { readFrame } from './frames.ts';
import { serveWindow, type WindowAnswers } from './serveWindow.ts';

const log: LinkLog = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const consoleWindow: WindowIdentity = { kind: 'console', windowId: 'w-1' as WindowId };
const room = { language: 'zh', demoAccounts: [{ account: 'duty' }] } as unknown as Room;
const settled = (number: number): RoomEvent => ({ kind: 'commandSettled', commandId: String(number) as CommandId, refusal: null });

function openChannel() {
  const frames = createAnnouncer<string>();
  const closing = createEnding<void>();
  const sent: unknown[] = [];
  const line = { undrained: 0, isClosed: false };
  const channel: Channel = {
    send: (frame) => void sent.push(JSON.parse(frame)),
    sendBytes: (bytes) => void sent.push(bytes),
    undrainedBytes: () => line.undrained,
    onFrame: frames.listen,
    onClosed: (listener) => closing.listen(() => listener()),
    close: () => {
      line.isClosed = true;
      closing.tell();
    },
  };
  return { channel, sent, line, say: (frame: unknown) => frames.tell(typeof frame === 'string' ? frame : JSON.stringify(frame)) };
}

function serve(identity = consoleWindow) {
  const calls: unknown[] = [];
  const answer = (name: string) => async (message: unknown) => {
    calls.push([name, message]);
    return null;
  };
  const names = [
    'openView',
    'camerasById',
    'directoryPage',
    'reportGlass',
    'login',
    'logout',
    'commandWall',
    'commandCamera',
    'setLanguage',
  ];
  const answers = Object.fromEntries(names.map((name) => [name, answer(name)])) as unknown as WindowAnswers;
  const line = openChannel();
  const bridge = serveWindow({ channel: line.channel, identity, answers, log, room: () => room });
  return { ...line, bridge, calls };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the bridge', () => {
  test('tells events only after Hello, and then in order', async () => {
    const { bridge, say, sent } = serve();
    bridge.tell([settled(1)]);
    say({ t: 'q', i: 'a', m: 'hello', a: [{}] });
    bridge.tell([settled(2), settled(3)]);
    bridge.tell([settled(4)]);
    await turn();
    expect(sent).toEqual([
      { t: 's', i: 'a', r: { window: consoleWindow, room, methods: methodsOf.console } },
      { t: 'q', m: 'roomEvents', a: [[settled(2), settled(3)]] },
      { t: 'q', m: 'roomEvents', a: [[settled(4)]] },
    ]);
  });

  test('runs a call that belongs to the window’s kind and answers it', async () => {
    const { say, sent, calls } = serve();
    say({ t: 'q', i: 'b', m: 'setLanguage', a: [{ language: 'en' }] });
    await turn();
    expect([calls, sent]).toEqual([[['setLanguage', { language: 'en' }]], [{ t: 's', i: 'b', r: null }]]);
  });

  test('gives a wall no accounts and nothing of the outbox', () => {
    const wall = { kind: 'wall', windowId: 'w-2', displayKey: 'DP-1' } as WindowIdentity;
    const { say, sent } = serve(wall);
    say({ t: 'q', i: 'a', m: 'hello', a: [{}] });
    const told = { ...room, demoAccounts: [], waiting: { own: [], others: [] } };
    expect(sent).toEqual([{ t: 's', i: 'a', r: { window: wall, room: told, methods: methodsOf.wall } }]);
  });

  test('drops what is not exactly a call, runs none of it, and closes the channel at the third', async () => {
    const { say, calls, sent, line } = serve();
    say('{"t":"q","i":"x","m":"reportGlass","a":[{}]}');
    say({ t: 'q', i: 'y', m: 'setLanguage', a: [{ language: 'en', more: 1 }] });
    const before = line.isClosed;
    say('half a fra');
    say({ t: 'q', i: 'z', m: 'setLanguage', a: [{ language: 'en' }] });
    await turn();
    expect([before, line.isClosed, calls, sent]).toEqual([false, true, [], []]);
  });

  test('gives positions on as bytes, once the window was greeted', () => {
    const { bridge, say, sent } = serve();
    bridge.tellPositions(new Uint8Array([1]));
    say({ t: 'q', i: 'a', m: 'hello', a: [{}] });
    bridge.tellPositions(new Uint8Array([2]));
    expect(sent.slice(1)).toEqual([new Uint8Array([2])]);
  });

  test('closes a window that does not drain, which then starts from a new Hello', () => {
    const { bridge, say, line, sent } = serve();
    say({ t: 'q', i: 'a', m: 'hello', a: [{}] });
    line.undrained = bridgeLimits.maxUndrainedBytes + 1;
    bridge.tell([settled(1)]);
    expect([line.isClosed, sent.length]).toEqual([true, 1]);
  });
});

describe('a frame', () => {
  const why = (frame: string, kind: WindowIdentity['kind'] = 'console') => {
    const read = readFrame(frame, kind);
    return read.kind === 'call' ? read.call.m : read.why;
  };
  const cases: readonly { name: string; frame: string; expected: string; kind?: WindowIdentity['kind'] }[] = [
    { name: 'names that every object has', frame: '{"t":"q","i":"1","m":"constructor","a":[{}]}', expected: 'unknownMethod' },
    {
      name: 'a method of another kind of window',
      frame: '{"t":"q","i":"1","m":"login","a":[{}]}',
      expected: 'unknownMethod',
      kind: 'wall',
    },
    { name: 'an answer, which main never asks for', frame: '{"t":"s","i":"1","r":1}', expected: 'notACall' },
    { name: 'two messages', frame: '{"t":"q","i":"1","m":"logout","a":[{},{}]}', expected: 'notACall' },
    { name: 'a key that would change prototypes', frame: '{"t":"q","i":"1","m":"logout","a":[{"__proto__":{}}]}', expected: 'badMessage' },
    { name: 'more than 64 KiB', frame: `{"t":"q","m":"logout","a":[{}],"x":"${'界'.repeat(22_000)}"}`, expected: 'tooLong' },
    { name: 'an ordinary call', frame: '{"t":"q","i":"1","m":"logout","a":[{}]}', expected: 'logout' },
  ];
  test.each(cases)('$name', ({ frame, expected, kind = 'console' }) => {
    expect(why(frame, kind)).toBe(expected);
  });
});
