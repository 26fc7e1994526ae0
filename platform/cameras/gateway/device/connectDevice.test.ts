import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { connectDevice, pinOf } from './connectDevice.ts';

test('a pin is 64 hexadecimal digits, with colons or without, and nothing else', () => {
  const hex = 'AB'.repeat(32);
  const colons = Array.from({ length: 32 }, () => 'ab').join(':');
  expect([pinOf(new URL(`rtsps://10.0.0.1/a#sha256=${hex}`)), pinOf(new URL(`https://10.0.0.1/a?b=c#sha256=${colons}`))]).toEqual([
    hex,
    hex,
  ]);
  for (const hash of ['', '#', '#sha256=', `#sha256=${hex.slice(2)}`, `#sha1=${hex}`, `#sha256=${hex}00`]) {
    expect(pinOf(new URL(`rtsps://10.0.0.1/a${hash}`))).toBe(null);
  }
});

test('a device that is not there, and one that speaks no TLS, are told apart from one that answers', async () => {
  const device = createServer((socket) =>
    socket
      .on('error', () => {})
      .resume()
      .end('no TLS here'),
  ).listen(0, '127.0.0.1');
  await once(device, 'listening');
  const { port } = device.address() as AddressInfo;
  const asked = { url: new URL(`rtsps://127.0.0.1:${port}/`), trust: { authorities: [] } };
  const plain = await connectDevice({ ...asked, port, isSecure: false });
  if (plain.ok) plain.value.destroy();
  const secure = await connectDevice({ ...asked, port, isSecure: true });
  device.close();
  await once(device, 'close');
  const gone = await connectDevice({ ...asked, port, isSecure: false });
  expect([plain.ok, secure, gone]).toEqual([
    true,
    ...[secure, gone].map(() => ({ ok: false, refusal: { code: 'cameras.deviceUnreachable' } })),
  ]);
});
