import type { PtzPreset } from '#contract/cameras/index.ts';
import { ptzLimits } from '#contract/cameras/index.ts';
import { granted, type Result, refused } from '#contract/values/index.ts';
import type { PtzAbilities, PtzDevice, PtzDeviceRefusal } from '../../../ptz/index.ts';
import { type OnvifDevice, type OnvifPorts, openOnvifDevice } from './onvifDevice.ts';
import { type OnvifProfile, readProfiles } from './profiles.ts';
import { elementsOf, textAt, type XmlElement, xmlText } from './soap.ts';

/** What a device said of itself is asked again after this: it may have been restarted, its clock set. Unit: ms. */
const knownForMs = 10 * 60_000;
/** The device stops by itself when nobody says anything: the second guard behind the platform's own. */
const deviceTimeout = 'PT1S';
const schema = 'xmlns="http://www.onvif.org/ver10/schema"';

type Talk = { readonly device: OnvifDevice; readonly profile: OnvifProfile; readonly sinceMs: number };

/** Steers one ONVIF device. It is spoken to for the first time when somebody wants to steer it. */
export function createOnvifPtz(address: string, ports: OnvifPorts): PtzDevice {
  let talk: Promise<Result<Talk, PtzDeviceRefusal>> | null = null;

  const begin = async (): Promise<Result<Talk, PtzDeviceRefusal>> => {
    const device = await openOnvifDevice(address, ports);
    if (!device.ok) return failed(device.refusal.code);
    const profiles = await readProfiles(device.value);
    if (!profiles.ok) return failed(profiles.refusal.code);
    const profile = profiles.value.find(({ canSteer }) => canSteer);
    return profile === undefined ? refused('cameras.ptzNone') : granted({ device: device.value, profile, sinceMs: ports.clock.nowMs() });
  };
  const talking = async (): Promise<Result<Talk, PtzDeviceRefusal>> => {
    const before = talk === null ? null : await talk;
    const ageMs = before?.ok === true ? ports.clock.nowMs() - before.value.sinceMs : Number.NaN;
    if (!(ageMs >= 0 && ageMs < knownForMs)) talk = begin();
    return await (talk ?? begin());
  };
  const call = async (bodyOf: (token: string) => string): Promise<Result<XmlElement, PtzDeviceRefusal>> => {
    const known = await talking();
    if (!known.ok) return known;
    const answer = await known.value.device.call('ptz', bodyOf(`<ProfileToken>${xmlText(known.value.profile.token)}</ProfileToken>`));
    if (answer.ok) return answer;
    if (answer.refusal.code !== 'cameras.onvifRefused') talk = null;
    return answer.refusal.code === 'cameras.onvifNoService' ? refused('cameras.ptzNone') : failed(answer.refusal.code);
  };
  const tell = async (bodyOf: (token: string) => string): Promise<Result<null, PtzDeviceRefusal>> => {
    const answer = await call(bodyOf);
    return answer.ok ? granted(null) : answer;
  };

  return {
    async abilities() {
      const answer = await call((token) => `<GetPresets>${token}</GetPresets>`);
      // A camera without presets may refuse to list them; it can be moved all the same.
      if (!answer.ok && !isRefusedByDevice(answer.refusal)) return answer;
      return granted({ axes: ['panTilt', 'zoom'], presets: answer.ok ? presetsIn(answer.value) : [] } satisfies PtzAbilities);
    },
    move: ({ pan, tilt, zoom }) =>
      tell(
        (token) =>
          `<ContinuousMove>${token}<Velocity><PanTilt ${schema} x="${pan}" y="${tilt}"/><Zoom ${schema} x="${zoom}"/></Velocity>` +
          `<Timeout>${deviceTimeout}</Timeout></ContinuousMove>`,
      ),
    stop: () => tell((token) => `<Stop>${token}<PanTilt>true</PanTilt><Zoom>true</Zoom></Stop>`),
    async goTo(preset) {
      const gone = await tell((token) => `<GotoPreset>${token}<PresetToken>${xmlText(preset)}</PresetToken></GotoPreset>`);
      return !gone.ok && isRefusedByDevice(gone.refusal) ? refused('cameras.ptzUnknownPreset') : gone;
    },
  };
}

function presetsIn(answer: XmlElement): readonly PtzPreset[] {
  return elementsOf(answer, 'Preset')
    .flatMap((preset): PtzPreset[] => {
      const token = preset.attribute('token') ?? '';
      // Names come from the device; what is not plain text is not shown.
      const name = (textAt(preset, 'Name') ?? '').replaceAll(/[\p{C}]/gu, '').slice(0, 64);
      return token === '' || token.length > 64 ? [] : [{ token, name: name === '' ? token : name }];
    })
    .slice(0, ptzLimits.presets);
}

function failed(reason: string): { readonly ok: false; readonly refusal: { code: 'cameras.ptzDeviceFailed'; params: { reason: string } } } {
  return { ok: false, refusal: { code: 'cameras.ptzDeviceFailed', params: { reason } } };
}

function isRefusedByDevice({ params }: { readonly params?: Readonly<Record<string, string | number>> }): boolean {
  return params?.['reason'] === 'cameras.onvifRefused';
}
