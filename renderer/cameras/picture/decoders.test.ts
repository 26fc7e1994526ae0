import { expect, test } from 'vitest';
import { probeDecoders } from './decoders.ts';

const answering = ({ by }: { by: 'hardware' | 'software' }) => ({
  decodingInfo: async () => ({ supported: true, smooth: true, powerEfficient: by === 'hardware' }) as MediaCapabilitiesDecodingInfo,
});

test('hardware decodes sixteen pictures, software as many as the cores are good for', async () => {
  const inHardware = probeDecoders({ capabilities: answering({ by: 'hardware' }), cores: 8 });
  const inSoftware = probeDecoders({ capabilities: answering({ by: 'software' }), cores: 2 });
  expect(inSoftware()).toBe(16);
  await Promise.resolve();
  expect([inHardware(), inSoftware()]).toEqual([16, 48]);
});

test('a browser that cannot be asked is taken for hardware', () => {
  expect(probeDecoders({ capabilities: undefined, cores: 64 })()).toBe(16);
});
