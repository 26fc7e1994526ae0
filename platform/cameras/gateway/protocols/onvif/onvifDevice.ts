import { randomBytes } from 'node:crypto';
import { type Clock, granted, type Result, refused } from '#contract/values/index.ts';
import { checkSourceUrl, type SourceNetworks, type SourceUrlRefusalCode } from '../../checkSourceUrl.ts';
import { accountOf, plainAddress } from '../../device/account.ts';
import { type AskRefusalCode, askDevice, type DeviceAnswer, type DevicePorts } from '../../device/askDevice.ts';
import { elementsOf, envelope, nameToken, readXml, textAt, type XmlElement } from './soap.ts';

/** What talking to ONVIF devices needs. */
export type OnvifPorts = DevicePorts & { readonly networks: SourceNetworks; readonly clock: Clock };

/** Why a device did not do as asked. `onvifRefused`: it answered with a fault. */
export type OnvifRefusalCode =
  | AskRefusalCode
  | SourceUrlRefusalCode
  | 'cameras.onvifUnreadable'
  | 'cameras.onvifRefused'
  | 'cameras.onvifNoService';

/** The services that we use. */
export type OnvifService = 'device' | 'media' | 'ptz';

const namespaces: { readonly [Service in OnvifService]: string } = {
  device: 'http://www.onvif.org/ver10/device/wsdl',
  media: 'http://www.onvif.org/ver10/media/wsdl',
  ptz: 'http://www.onvif.org/ver20/ptz/wsdl',
};

/** One device that is being talked to. What it says about itself is remembered for as long as the talk goes on. */
export type OnvifDevice = {
  /** Sends one request; `body` is its element, whose default namespace is the service's. Answers the element under `Body`. */
  call(service: OnvifService, body: string): Promise<Result<XmlElement, OnvifRefusalCode>>;
  /** The device's clock minus ours. Unit: ms; 0 where it does not say. */
  clockOffsetMs(): number;
  /** Address and account, for other addresses of the same device. */
  readonly address: URL;
};

const maxAnswerBytes = 1024 * 1024;
const answerWithinMs = 5_000;

/** Begins to talk to a device: asks for its clock and its services. */
export async function openOnvifDevice(address: string, ports: OnvifPorts): Promise<Result<OnvifDevice, OnvifRefusalCode>> {
  const checked = checkSourceUrl(address, { networks: ports.networks, schemes: ['onvif', 'http', 'https'] });
  if (!checked.ok) return checked;
  const url = serviceUrl(checked.value);
  let offsetMs = 0;
  let showsToken = false;
  const services = new Map<OnvifService, URL>([['device', url]]);

  const post = async (target: URL, body: string): Promise<Result<DeviceAnswer, AskRefusalCode>> => {
    const account = accountOf(target);
    const token = { nonce: randomBytes(16), createdAtMs: ports.clock.nowMs() + offsetMs };
    const header = showsToken && account !== null ? nameToken(account, token) : '';
    const headers = { 'Content-Type': 'application/soap+xml; charset=utf-8' };
    return await askDevice(
      { url: target, method: 'POST', headers, body: envelope({ header, body }), maxBytes: maxAnswerBytes, withinMs: answerWithinMs },
      ports,
    );
  };

  // A device that wants a name token says so by a fault, one that wants HTTP digest by a challenge: neither sees a password unasked.
  const call: OnvifDevice['call'] = async (service, body) => {
    const target = services.get(service);
    if (target === undefined) return refused('cameras.onvifNoService');
    const bodyOf = body.replace(/^<(\w+)/, `<$1 xmlns="${namespaces[service]}"`);
    const first = readAnswer(await post(target, bodyOf));
    const account = accountOf(target);
    if (first !== 'wantsToken') return first;
    if (account === null) return refused('cameras.passwordWanted');
    if (showsToken || (await ports.tries.turn(account)).waitMs > 0) return refused('cameras.wrongPassword');
    showsToken = true;
    const second = readAnswer(await post(target, bodyOf));
    ports.tries.settle(account, second === 'wantsToken' ? 'wrong' : second.ok ? 'right' : 'unknown');
    return second === 'wantsToken' ? refused('cameras.wrongPassword') : second;
  };

  const time = await call('device', '<GetSystemDateAndTime/>');
  if (!time.ok && time.refusal.code !== 'cameras.onvifRefused') return time;
  if (time.ok) offsetMs = (utcOf(time.value) ?? ports.clock.nowMs()) - ports.clock.nowMs();
  const told = await call('device', '<GetCapabilities><Category>All</Category></GetCapabilities>');
  if (!told.ok) return told;
  for (const [service, name] of [
    ['media', 'Media'],
    ['ptz', 'PTZ'],
  ] as const) {
    const said = textAt(told.value, 'Capabilities', name, 'XAddr');
    const at = said === null ? null : checkSourceUrl(said, { networks: ports.networks, schemes: ['http', 'https'] });
    if (at !== null && !at.ok) return at;
    // Behind a translation of addresses a device names itself as it knows itself: the path is believed, the host is the one we came by.
    if (at !== null) services.set(service, withPath(url, at.value));
  }
  return granted({ call, clockOffsetMs: () => offsetMs, address: url });
}

function readAnswer(answer: Result<DeviceAnswer, AskRefusalCode>): Result<XmlElement, OnvifRefusalCode> | 'wantsToken' {
  if (!answer.ok) return answer;
  const { status, body } = answer.value;
  if (status === 401) return 'wantsToken';
  const read = readXml(body);
  if (!read.ok) return status === 200 ? read : refused('cameras.onvifRefused');
  const fault = elementsOf(read.value, 'Fault')[0];
  if (fault !== undefined) {
    return /NotAuthorized|FailedAuthentication/i.test(
      elementsOf(fault, 'Value')
        .map(({ text }) => text)
        .join(' '),
    )
      ? 'wantsToken'
      : refused('cameras.onvifRefused');
  }
  const content = elementsOf(read.value, 'Body')[0];
  return content === undefined || status !== 200 ? refused('cameras.onvifUnreadable') : granted(content);
}

function utcOf(answer: XmlElement): number | null {
  const utc = elementsOf(answer, 'UTCDateTime')[0];
  if (utc === undefined) return null;
  const [year, month, day, hour, minute, second] = ['Year', 'Month', 'Day', 'Hour', 'Minute', 'Second'].map((name) =>
    Number(textAt(utc, name)),
  );
  const ms = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
  return Number.isFinite(ms) ? ms : null;
}

/** `onvif://host` is the usual place of a device's service over HTTP. */
function serviceUrl(url: URL): URL {
  const isBare = url.pathname === '' || url.pathname === '/';
  const text = url.protocol === 'onvif:' ? url.href.replace(/^onvif:/i, 'http:') : url.href;
  const service = new URL(text);
  if (isBare) service.pathname = '/onvif/device_service';
  return service;
}

function withPath(url: URL, at: URL): URL {
  const service = new URL(plainAddress(url));
  service.username = url.username;
  service.password = url.password;
  service.hash = url.hash;
  service.pathname = at.pathname;
  service.search = at.search;
  return service;
}
