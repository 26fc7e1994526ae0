import { describe, expect, test } from 'vitest';
import type { Hello, RoomEvent } from '#contract/bridge/index.ts';
import type { Timers, WindowId } from '#contract/values/index.ts';
import { emptyWall } from '#contract/wall/index.ts';
import { createBridge } from './bridge.ts';
import type { FrameChannel } from './channel.ts';
import { createChannelPair } from './memoryChannel.ts';
import { reconnectDelayMs } from './reconnect.ts';

const hello: Hello = {
  window: { kind: 'console', windowId: 'w1' as WindowId },
  room: {
    shell: 'kiosk',
    county: null,
    language: 'zh',
    platformOffsetMs: 0,
    link: { kind: 'connecting', sinceMs: 0, code: null, feeds: 0, healedGaps: 0, missed: 0, waiting: 0, lostCommands: [] },
    continuity: { sinceMs: 0, from: 'roomStart', missed: 0, lag: null, feeds: [], healed: [], unknownFacts: 0 },
    waiting: { own: [], others: [] },
    person: null,
    warnings: [],
    displays: [],
    wall: emptyWall,
    cameras: [],
    directoryRevision: 0,
    responders: { directoryRevision: 0, count: 0 },
    glass: [],
    demoAccounts: [],
  },
};

type Call = { i: string; m: string; a: readonly unknown[] };

/** Main's end of a line, spoken by hand: birpc's frames are the wire format that other shells rely on. */
function createMain(answers: Record<string, unknown>) {
  const lines: (FrameChannel & { sendBytes(bytes: Uint8Array): void })[] = [];
  const connects: PromiseWithResolvers<void>[] = [Promise.withResolvers()];
  return {
    connector: {
      connect: async () => {
        const [windowEnd, mainEnd] = createChannelPair();
        mainEnd.onFrame((frame) => {
          const { i, m } = JSON.parse(frame) as Call;
          if (m in answers) mainEnd.send(JSON.stringify({ t: 's', i, r: answers[m] }));
        });
        lines.push(mainEnd);
        connects.at(-1)?.resolve();
        connects.push(Promise.withResolvers());
        return windowEnd;
      },
    },
    tell: (events: unknown) => lines.at(-1)?.send(JSON.stringify({ t: 'q', m: 'roomEvents', a: [events] })),
    tellBytes: (bytes: Uint8Array) => lines.at(-1)?.sendBytes(bytes),
    drop: () => lines.at(-1)?.close(),
    connected: (times: number) => connects[times - 1]?.promise,
  };
}

const atOnce: Timers = {
  afterMs: (_, run) => {
    queueMicrotask(run);
    return () => {};
  },
};

function openBridge(answers: Record<string, unknown>) {
  const main = createMain(answers);
  const greeted = Promise.withResolvers<void>();
  const told: (readonly RoomEvent[])[] = [];
  const happened: string[] = [];
  const positions: Uint8Array[] = [];
  const bridge = createBridge({
    connector: main.connector,
    timers: atOnce,
    random: () => 0,
    listener: {
      onHello: () => {
        happened.push('hello');
        greeted.resolve();
      },
      onEvents: (events) => told.push(events),
      onBytes: (frame) => positions.push(frame),
      onLost: () => happened.push('lost'),
      onReplaced: () => happened.push('replaced'),
    },
  });
  return { main, bridge, greeted: greeted.promise, told, happened, positions };
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('the line of a window to main', () => {
  test('hears bytes beside its calls, once it is greeted', async () => {
    const { main, greeted, positions } = openBridge({ hello });
    await main.connected(1);
    main.tellBytes(new Uint8Array([1]));
    await greeted;
    main.tellBytes(new Uint8Array([2]));
    await settled();
    expect(positions).toEqual([new Uint8Array([2])]);
  });

  test('asks once it is greeted, and hears events in order', async () => {
    const { main, bridge, greeted, told } = openBridge({ hello, directoryPage: null });
    await greeted;
    main.tell([{ kind: 'room', changes: { language: 'en' } }]);
    expect(await bridge.ask('directoryPage', { kind: 'cameras', offset: 0 })).toEqual({ ok: true, value: null });
    expect(told).toEqual([[{ kind: 'room', changes: { language: 'en' } }]]);
    bridge.close();
  });

  test('hands refusals of main through, and answers of a wrong shape become one', async () => {
    const { bridge, greeted } = openBridge({
      hello,
      commandWall: { ok: false, refusal: { code: 'wall.cellEmpty' } },
      camerasById: [{ id: 'not a camera' }],
    });
    await greeted;
    const refusedByMain = await bridge.ask('commandWall', { type: 'wall.clearTile', displayKey: 'HDMI-1' as never, cell: 0 });
    expect(refusedByMain).toEqual({ ok: false, refusal: { code: 'wall.cellEmpty' } });
    expect(await bridge.ask('camerasById', { cameraIds: [] })).toEqual({
      ok: false,
      refusal: { code: 'room.badAnswer', params: { method: 'camerasById' } },
    });
    bridge.close();
  });

  test('is a refusal, not an error, while it is cut off', async () => {
    const { bridge } = openBridge({});
    expect(await bridge.ask('logout', {})).toEqual({ ok: false, refusal: { code: 'room.windowCutOff' } });
    bridge.close();
  });

  test('connects again after a loss and says so, with a new hello', async () => {
    const { main, bridge, greeted, happened } = openBridge({ hello });
    await greeted;
    main.drop();
    await main.connected(2);
    await settled();
    expect(happened).toEqual(['hello', 'lost', 'hello']);
    bridge.close();
  });

  test('starts from a new hello when main says something it does not understand', async () => {
    const { main, bridge, greeted, happened, told } = openBridge({ hello });
    await greeted;
    main.tell([{ kind: 'somethingNewer' }]);
    await main.connected(2);
    await settled();
    expect(happened).toEqual(['hello', 'lost', 'hello']);
    expect(told).toEqual([]);
    bridge.close();
  });
});

test('waits longer after each failed try, never more than five seconds', () => {
  const delays = [0, 1, 2, 3, 4, 5, 99].map((attempt) => reconnectDelayMs({ attempt, random: () => 0 }));
  expect(delays).toEqual([125, 250, 500, 1000, 2000, 2500, 2500]);
});
