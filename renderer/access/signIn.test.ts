import { expect, test } from 'vitest';
import { granted, refused } from '#contract/values/index.ts';
import type { RoomAccess } from '../room/index.ts';
import { createSignIn } from './signIn.ts';

/** Main answers log-ins by what is asked; everything that was asked is kept. */
function openSignIn() {
  const asked: object[] = [];
  const ask = (async (_name: string, message: { password: string; newPassword?: string }) => {
    asked.push(message);
    if (message.password !== 'one-time') return refused('access.wrongPassword');
    if (message.newPassword === undefined) return refused('access.passwordChangeRequired');
    return message.newPassword === '1234567890' ? refused('access.passwordPattern') : granted({});
  }) as unknown as RoomAccess['ask'];
  const signIn = createSignIn({ ask });
  const settled = async (message: { account: string; password: string; newPassword?: string }) => {
    const over = new Promise<void>((resolve) => {
      const forget = signIn.store.subscribe(({ kind }) => {
        if (kind === 'entering') return;
        forget();
        resolve();
      });
    });
    signIn.enter(message);
    await over;
    return signIn.store.getState();
  };
  return { signIn, settled, asked };
}

test('a password that was made for somebody leads to setting his own, and a refused one may be tried again', async () => {
  const { settled } = openSignIn();
  const login = { account: 'li', password: 'one-time' };
  const due = await settled(login);
  const pattern = await settled({ ...login, newPassword: '1234567890' });
  const entered = await settled({ ...login, newPassword: 'nine lamps by the weir' });
  expect([due, pattern, entered]).toEqual([
    { kind: 'passwordDue', refusal: null },
    { kind: 'passwordDue', refusal: { code: 'access.passwordPattern' } },
    { kind: 'idle' },
  ]);
});

test('a wrong password leads nowhere else, and nothing typed stays', async () => {
  const { signIn, settled } = openSignIn();
  const refusedState = await settled({ account: 'li', password: 'wrong' });
  expect([refusedState, JSON.stringify(signIn.store.getState()).includes('"wrong"')]).toEqual([
    { kind: 'refused', refusal: { code: 'access.wrongPassword' } },
    false,
  ]);
});
