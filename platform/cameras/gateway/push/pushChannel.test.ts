import { expect, test } from 'vitest';
import { decodePiece, type PushNotice } from '#contract/cameras/index.ts';
import { CameraId, WindowId } from '#contract/values/index.ts';
import { gatewayLimits } from '../limits.ts';
import { fragmentOf } from '../testing/fragment.ts';
import { createPushChannel, type PushChannelOptions } from './pushChannel.ts';

const cameraId = CameraId.parse('al-0001');
const grant = { cameraId, quality: 'sub', windowId: WindowId.parse('window-1'), grantId: 'grant-1' } as const;
const initOf = ({ run, codec }: { run: number; codec: string }) => ({
  run,
  bytes: new Uint8Array(10),
  mimeType: `video/mp4; codecs="${codec}"`,
});

type Opened = Pick<PushChannelOptions, 'grant' | 'priority'>;

function open({ grant: granted = grant, priority = 'usual' }: Partial<Opened> = {}) {
  const told: PushNotice[] = [];
  const alarms = new Set<() => void>();
  const timers = {
    afterMs: (_delayMs: number, run: () => void) => {
      const ring = () => {
        alarms.delete(ring);
        run();
      };
      alarms.add(ring);
      return () => void alarms.delete(ring);
    },
  };
  const options = { channel: 3, limits: gatewayLimits, timers, socketBytes: () => 0, onUnencoded: () => {}, onSendable: () => {} };
  const channel = createPushChannel({ ...options, grant: granted, priority, tell: (notice) => void told.push(notice) });
  return { told, channel, alarms };
}

test('a window is told the codec once, and again only when a restart brings another', () => {
  const { told, channel } = open();
  for (const init of [
    initOf({ run: 1, codec: 'avc1.42c00d' }),
    initOf({ run: 2, codec: 'avc1.42c00d' }),
    initOf({ run: 3, codec: 'avc1.640028' }),
  ]) {
    channel.viewer.onInit(init);
  }
  const opened = { type: 'opened', channel: 3, cameraId, quality: 'sub' };
  expect(told).toEqual([
    { ...opened, mimeType: 'video/mp4; codecs="avc1.42c00d"' },
    { ...opened, mimeType: 'video/mp4; codecs="avc1.640028"' },
  ]);
});

test('the source is told when it changes, not when it says the same again', () => {
  const { told, channel } = open();
  const lost = { kind: 'lost', sinceMs: 7, reason: 'exited' } as const;
  for (const condition of [{ kind: 'starting' } as const, lost, { ...lost, reason: 'noData' } as const, { kind: 'flowing' } as const]) {
    channel.viewer.onCondition(condition);
  }
  expect(told).toEqual([
    { type: 'source', channel: 3, source: { kind: 'lost', sinceMs: 7 } },
    { type: 'source', channel: 3, source: { kind: 'flowing' } },
  ]);
});

test('a fragment that is half sent is sent to its end before a skip begins', () => {
  const { channel } = open({ priority: 'focused' });
  const next = () => decodePiece(channel.pieces.nextPiece() ?? new Uint8Array(0));
  channel.viewer.onInit(initOf({ run: 1, codec: 'avc1.42c00d' }));
  channel.viewer.onFragment(fragmentOf({ number: 1, isKey: true, bytes: new Uint8Array(600 * 1024) }));
  const sent = [next(), next()];
  channel.viewer.onFragment(fragmentOf({ number: 2, bytes: new Uint8Array(1000) }));
  channel.viewer.onFragment(fragmentOf({ number: 3, isKey: true, bytes: new Uint8Array(1000) }));
  for (let piece = next(); piece !== null; piece = next()) sent.push(piece);
  expect(sent.map((piece) => piece?.fragment)).toEqual([0, ...Array.from({ length: 10 }, () => 1)]);
  expect(sent.at(-1)?.isLast).toBe(true);
  channel.acknowledge(0);
  expect(next()).toMatchObject({ fragment: 3, isKey: true, isAfterHole: true });
});

test('a small picture that nobody looks at comes two fragments at a time; one that fills a display, is looked at or alarms as soon as it can', () => {
  const lengths = (opened: Partial<Opened>) => {
    const { channel } = open(opened);
    const sent: (number | undefined)[] = [];
    channel.viewer.onInit(initOf({ run: 1, codec: 'avc1.42c00d' }));
    for (const number of [1, 2, 3]) {
      channel.viewer.onFragment(fragmentOf({ number, isKey: number === 1 }));
      for (let piece = channel.pieces.nextPiece(); piece !== null; piece = channel.pieces.nextPiece())
        sent.push(decodePiece(piece)?.durationS);
    }
    return sent.slice(1);
  };
  const main = { ...grant, quality: 'main' as const };
  expect([{}, { grant: main }, { priority: 'focused' as const }, { priority: 'alarm' as const }].map(lengths)).toEqual([
    [0.25, 0.5],
    [0.25, 0.25, 0.25],
    [0.25, 0.25, 0.25],
    [0.25, 0.25, 0.25],
  ]);
});

test('what waits to be joined with a picture that does not come goes out alone after a while, and nothing waits for a channel that is closed', () => {
  const { channel, alarms } = open();
  const send = () => {
    const sent: (number | undefined)[] = [];
    for (let piece = channel.pieces.nextPiece(); piece !== null; piece = channel.pieces.nextPiece())
      sent.push(decodePiece(piece)?.fragment);
    return sent;
  };
  channel.viewer.onInit(initOf({ run: 1, codec: 'avc1.42c00d' }));
  channel.viewer.onFragment(fragmentOf({ number: 1, isKey: true }));
  const first = send();
  channel.viewer.onFragment(fragmentOf({ number: 2 }));
  const waiting = [send(), alarms.size];
  for (const ring of [...alarms]) ring();
  expect([first, waiting, send()]).toEqual([[0, 1], [[], 1], [2]]);
  channel.viewer.onFragment(fragmentOf({ number: 3 }));
  channel.viewer.onFragment(fragmentOf({ number: 4 }));
  expect(send()).toEqual([3]);
  channel.viewer.onFragment(fragmentOf({ number: 5 }));
  channel.close();
  expect(alarms.size).toBe(0);
});
