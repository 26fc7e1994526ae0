import { afterEach, expect, test } from 'vitest';
import { createPasswordTries } from '../../device/passwordTries.ts';
import { type FakeOnvifDevice, say, startOnvifDevice } from '../../testing/onvifDevice.ts';
import { createOnvifPtz } from './ptzDevice.ts';

const devices: FakeOnvifDevice[] = [];
afterEach(async () => {
  for (const device of devices.splice(0)) await device.close();
});

async function open(options: Parameters<typeof startOnvifDevice>[0] = {}) {
  const device = await startOnvifDevice(options);
  devices.push(device);
  const clock = { nowMs: () => Date.now() };
  const networks = { cidrs: [], loopback: 'allowed' } as const;
  const address = device.url.replace('onvif://', 'onvif://admin:geheim-42@');
  return { device, ptz: createOnvifPtz(address, { networks, clock, trust: { authorities: [] }, tries: createPasswordTries({ clock }) }) };
}

test.each(['open', 'digest', 'nameToken'] as const)('a device with the lock "%s" moves, stops and goes to its presets', async (lock) => {
  const { device, ptz } = await open({ lock });
  expect(await ptz.abilities()).toEqual({
    ok: true,
    value: {
      axes: ['panTilt', 'zoom'],
      presets: [
        { token: '1', name: '大门' },
        { token: '2', name: '河堤' },
      ],
    },
  });
  await ptz.move({ pan: 0.5, tilt: -1, zoom: 0 });
  await ptz.stop();
  await ptz.goTo('2');
  expect(device.asked.slice(-3)).toEqual(['ContinuousMove 0.5,-1,0', 'Stop', 'GotoPreset 2']);
  // What it says of itself is asked once.
  expect(device.asked.filter((action) => action === 'GetProfiles')).toHaveLength(1);
});

test('a preset that the device does not have, a device without a motor, and one that is gone are told apart', async () => {
  const fault = '<env:Fault><env:Code><env:Value>env:Sender</env:Value></env:Code></env:Fault>';
  const { ptz } = await open({ answers: { GotoPreset: (response) => say(response, fault, 400) } });
  expect(await ptz.goTo('99')).toMatchObject({ refusal: { code: 'cameras.ptzUnknownPreset' } });
  const still = await open({
    answers: { GetProfiles: (response) => say(response, '<p:Profiles token="a"><VideoEncoderConfiguration/></p:Profiles>') },
  });
  expect(await still.ptz.stop()).toMatchObject({ refusal: { code: 'cameras.ptzNone' } });
  const gone = await open();
  await gone.device.close();
  devices.pop();
  expect(await gone.ptz.stop()).toMatchObject({
    refusal: { code: 'cameras.ptzDeviceFailed', params: { reason: 'cameras.deviceUnreachable' } },
  });
});

test('a name from the device is plain text or nothing', async () => {
  const { ptz } = await open({
    answers: {
      GetPresets: (response) =>
        say(response, '<Preset token="1"><Name>大\u202E门\u0007</Name></Preset><Preset token=""/><Preset token="2"/>'),
    },
  });
  expect(await ptz.abilities()).toMatchObject({
    value: {
      presets: [
        { token: '1', name: '大门' },
        { token: '2', name: '2' },
      ],
    },
  });
});
