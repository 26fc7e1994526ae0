import { describe, expect, test } from 'vitest';
import { ptzLimits, type PtzQuestion } from '#contract/cameras/index.ts';
import { type CameraId, granted, refused, type Timers } from '#contract/values/index.ts';
import type { RoomAccess } from '../room/index.ts';
import { openSteering } from './steering.ts';

const cameraId = 'c1' as CameraId;
const left = { pan: -0.5, tilt: 0, zoom: 0 };

function open({ isHeld = false }: { isHeld?: boolean } = {}) {
  let due: (() => void) | null = null;
  const timers: Timers = {
    afterMs: (ms, run) => {
      expect(ms).toBe(ptzLimits.repeatEveryMs);
      due = run;
      return () => {
        if (due === run) due = null;
      };
    },
  };
  const asked: string[] = [];
  const ask = async (_: string, { question }: { question: PtzQuestion }) => {
    asked.push(question.type.slice('cameras.ptz'.length));
    if (question.type === 'cameras.ptzStatus') return granted({ cameraId, axes: ['panTilt'], presets: [], lease: { kind: 'free' } });
    return isHeld ? refused('cameras.ptzHeld', { holder: '李', forS: 9 }) : granted({ kind: 'mine', untilMs: 1 });
  };
  const steering = openSteering({ cameraId, ask: ask as unknown as RoomAccess['ask'], timers });
  const turn = async () => {
    due?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { steering, asked, turn, isRepeating: () => due !== null };
}

describe('steering', () => {
  test('repeats a move while it is held, and stops when it is let go, once', async () => {
    const { steering, asked, turn, isRepeating } = open();
    await turn();
    steering.hold(left);
    await turn();
    await turn();
    steering.letGo();
    steering.letGo();
    await turn();
    expect([asked, isRepeating()]).toEqual([['Status', 'Move', 'Move', 'Move', 'Stop'], false]);
  });

  test('stops and gives the camera back when its window looks elsewhere', async () => {
    const { steering, asked, turn } = open();
    steering.hold(left);
    await turn();
    steering.close();
    await turn();
    expect(asked.slice(-2)).toEqual(['Stop', 'Release']);
  });

  test('says once why somebody may not, and asks no more', async () => {
    const { steering, asked, turn, isRepeating } = open({ isHeld: true });
    await turn();
    steering.hold(left);
    await turn();
    await turn();
    expect([steering.store.getState().refusal?.code, asked.filter((each) => each === 'Move').length <= 2, isRepeating()]).toEqual([
      'cameras.ptzHeld',
      true,
      false,
    ]);
  });
});
