import { describe, expect, test } from 'vitest';
import type { WindowId } from '#contract/values/index.ts';
import { createAdmissions } from './admissions.ts';

const left = 'window-left' as WindowId;
const right = 'window-right' as WindowId;

function openDoor() {
  const time = { nowMs: 1000 };
  return { time, admissions: createAdmissions({ clock: { nowMs: () => time.nowMs } }) };
}

describe('who may open a bridge socket', () => {
  test('a code lets its window in once; the token it gave lets it in again and again', () => {
    const { admissions } = openDoor();
    const code = admissions.issueCode({ windowId: left, validForMs: null });
    const admitted = admissions.admit({ type: 'code', code });
    const token = admitted?.token ?? '';
    expect([
      admitted?.windowId,
      admissions.admit({ type: 'code', code }),
      admissions.admit({ type: 'token', token }),
      admissions.admit({ type: 'token', token }),
    ]).toEqual([left, null, { windowId: left, token }, { windowId: left, token }]);
  });

  test('codes and tokens are no two of a kind, and neither opens as the other', () => {
    const { admissions } = openDoor();
    const code = admissions.issueCode({ windowId: left, validForMs: null });
    expect(admissions.admit({ type: 'token', token: code })).toBeNull();
    const token = admissions.admit({ type: 'code', code })?.token ?? '';
    expect([admissions.admit({ type: 'code', code: token }), token === code, code.length]).toEqual([null, false, 43]);
  });

  test('a code that waited longer than it is valid is void', () => {
    const { admissions, time } = openDoor();
    const code = admissions.issueCode({ windowId: left, validForMs: 60_000 });
    time.nowMs += 60_000;
    expect([admissions.hasCode(left), admissions.admit({ type: 'code', code })]).toEqual([false, null]);
  });

  test('a new load of a page ends the token of the load before', () => {
    const { admissions } = openDoor();
    const first = admissions.admit({ type: 'code', code: admissions.issueCode({ windowId: left, validForMs: null }) });
    const second = admissions.admit({ type: 'code', code: admissions.issueCode({ windowId: left, validForMs: null }) });
    const retry = (token = '') => admissions.admit({ type: 'token', token })?.windowId ?? null;
    expect([retry(first?.token), retry(second?.token)]).toEqual([null, left]);
  });

  test('only the newest code of a window is good', () => {
    const { admissions } = openDoor();
    const older = admissions.issueCode({ windowId: left, validForMs: null });
    const newer = admissions.issueCode({ windowId: left, validForMs: null });
    expect([admissions.admit({ type: 'code', code: older }), admissions.admit({ type: 'code', code: newer })?.windowId]).toEqual([
      null,
      left,
    ]);
  });

  test('a window that is gone takes its codes and tokens with it, and nobody else’s', () => {
    const { admissions } = openDoor();
    const token = admissions.admit({ type: 'code', code: admissions.issueCode({ windowId: left, validForMs: null }) })?.token ?? '';
    const waiting = admissions.issueCode({ windowId: left, validForMs: null });
    const neighbour = admissions.issueCode({ windowId: right, validForMs: null });
    admissions.revoke(left);
    expect([
      admissions.admit({ type: 'token', token }),
      admissions.admit({ type: 'code', code: waiting }),
      admissions.admit({ type: 'code', code: neighbour })?.windowId,
    ]).toEqual([null, null, right]);
  });

  test('names that every object has open nothing', () => {
    const { admissions } = openDoor();
    const names = ['constructor', '__proto__', 'toString'].map((name) => name.padEnd(32, ' '));
    expect(names.map((token) => admissions.admit({ type: 'token', token }))).toEqual([null, null, null]);
  });
});
