import { expect } from '@playwright/test';
import { cameraTile } from '../fakes/fakeRoom.ts';
import { test } from './windowsRoom.ts';

test('a camera turns while an arrow is held with pointer or key, stops when it is let go, and is given back', async ({ startRoom }) => {
  const { main, county, openConsole } = await startRoom({ tiles: [cameraTile('al-0001')] });
  const steered = county.cameras.find(({ id }) => id === 'al-0001');
  if (steered !== undefined) Object.assign(steered, { steering: 'onvif' });
  const page = await openConsole();
  const asked = () =>
    main.calls.flatMap(({ name, message }) => {
      return name === 'steer' ? [(message as { question: { type: string } }).question.type.slice('cameras.ptz'.length)] : [];
    });
  const pad = page.getByRole('group', { name: '云台' });
  await expect(pad.getByRole('status')).toContainText('空闲');
  await pad.getByRole('button', { name: '向左' }).hover();
  await page.mouse.down();
  await expect.poll(() => asked().filter((each) => each === 'Move').length).toBeGreaterThan(2);
  await expect(pad.getByRole('status')).toContainText('本席控制中');
  await page.mouse.up();
  await expect.poll(() => asked().at(-1)).toBe('Stop');

  await pad.getByRole('button', { name: '拉近' }).focus();
  await page.keyboard.down(' ');
  await expect.poll(() => asked().at(-1)).toBe('Move');
  await page.keyboard.up(' ');
  await expect.poll(() => asked().at(-1)).toBe('Stop');
  await pad.getByRole('button', { name: '大门' }).click();
  await expect.poll(() => asked().at(-1)).toBe('GoTo');
  await pad.getByRole('button', { name: '释放' }).click();
  await expect.poll(() => asked().at(-1)).toBe('Release');
});
