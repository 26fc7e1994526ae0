import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a fake device wants to be shown a password. */
export type OnvifLock = 'open' | 'nameToken' | 'digest';

/** What a fake device is like. `answers` replaces what it says to an action (`GetProfiles`); `rtspUrl` is where its pictures are. */
export type OnvifDeviceOptions = {
  lock?: OnvifLock;
  user?: string;
  password?: string;
  clockOffsetMs?: number;
  rtspUrl?: string;
  answers?: Readonly<Record<string, (response: ServerResponse) => void>>;
};

/** A running fake ONVIF camera with three profiles, PTZ and two presets. */
export type FakeOnvifDevice = {
  readonly url: string;
  /** Actions that it was asked, in order; moves with their speeds. */
  readonly asked: string[];
  /** How many wrong passwords it was shown. */
  wrongPasswords(): number;
  close(): Promise<void>;
};

const realm = 'IP Camera';
const nonce = 'b7c9d6a1';

export async function startOnvifDevice(options: OnvifDeviceOptions = {}): Promise<FakeOnvifDevice> {
  const { lock = 'open', user = 'admin', password = 'geheim-42', clockOffsetMs = 0, answers = {}, rtspUrl } = options;
  const asked: string[] = [];
  let wrong = 0;

  const isShown = (request: IncomingMessage, body: string): boolean | 'nothing' => {
    switch (lock) {
      case 'open':
        return true;
      case 'digest':
        return request.headers.authorization === undefined ? 'nothing' : isDigest(request, { user, password });
      case 'nameToken':
        return body.includes('<UsernameToken>') ? isToken(body, { user, password, nowMs: Date.now() + clockOffsetMs }) : 'nothing';
    }
  };

  const answer = (request: IncomingMessage, response: ServerResponse, body: string) => {
    const action = /<s:Body><(\w+)/.exec(body)?.[1] ?? '';
    const shown = action === 'GetSystemDateAndTime' ? true : isShown(request, body);
    if (shown !== true) {
      if (shown === false) wrong += 1;
      return refuse(response, lock);
    }
    asked.push(
      action === 'ContinuousMove' ? `ContinuousMove ${speeds(body)}` : action === 'GotoPreset' ? `GotoPreset ${preset(body)}` : action,
    );
    const own = answers[action];
    if (own !== undefined) return own(response);
    const said = usual({
      action,
      at: `http://${request.headers.host}`,
      nowMs: Date.now() + clockOffsetMs,
      rtspUrl: rtspUrl ?? 'rtsp://127.0.0.1:1/',
    });
    say(response, said ?? fault('ter:ActionNotSupported'), said === null ? 500 : 200);
  };

  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part)).on('end', () => answer(request, response, Buffer.concat(parts).toString()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `onvif://127.0.0.1:${port}`,
    asked,
    wrongPasswords: () => wrong,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Answers with a SOAP body. */
export function say(response: ServerResponse, body: string, status = 200): void {
  const xml = `<?xml version="1.0"?><env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope"><env:Body>${body}</env:Body></env:Envelope>`;
  response.writeHead(status, { 'Content-Type': 'application/soap+xml' }).end(xml);
}

function refuse(response: ServerResponse, lock: OnvifLock): void {
  if (lock === 'nameToken') return say(response, fault('ter:NotAuthorized'), 400);
  response.writeHead(401, { 'WWW-Authenticate': `Digest realm="${realm}", qop="auth", nonce="${nonce}"` }).end();
}

function fault(code: string): string {
  return `<env:Fault><env:Code><env:Value>env:Sender</env:Value><env:Subcode><env:Value>${code}</env:Value></env:Subcode></env:Code></env:Fault>`;
}

function usual({ action, at, nowMs, rtspUrl }: { action: string; at: string; nowMs: number; rtspUrl: string }): string | null {
  const now = new Date(nowMs);
  const profile = (token: string, encoding: string, [width, height]: readonly [number, number]) =>
    `<trt:Profiles token="${token}"><tt:VideoEncoderConfiguration><tt:Encoding>${encoding}</tt:Encoding><tt:Resolution>` +
    `<tt:Width>${width}</tt:Width><tt:Height>${height}</tt:Height></tt:Resolution></tt:VideoEncoderConfiguration><tt:PTZConfiguration/></trt:Profiles>`;
  switch (action) {
    case 'GetSystemDateAndTime':
      return (
        `<tds:SystemDateAndTime><tt:UTCDateTime><tt:Time><tt:Hour>${now.getUTCHours()}</tt:Hour><tt:Minute>${now.getUTCMinutes()}</tt:Minute>` +
        `<tt:Second>${now.getUTCSeconds()}</tt:Second></tt:Time><tt:Date><tt:Year>${now.getUTCFullYear()}</tt:Year>` +
        `<tt:Month>${now.getUTCMonth() + 1}</tt:Month><tt:Day>${now.getUTCDate()}</tt:Day></tt:Date></tt:UTCDateTime></tds:SystemDateAndTime>`
      );
    case 'GetCapabilities':
      return `<tds:Capabilities><tt:Media><tt:XAddr>${at}/onvif/media</tt:XAddr></tt:Media><tt:PTZ><tt:XAddr>${at}/onvif/ptz</tt:XAddr></tt:PTZ></tds:Capabilities>`;
    case 'GetProfiles':
      return profile('p-main', 'H264', [1920, 1080]) + profile('p-hevc', 'H265', [352, 288]) + profile('p-sub', 'H264', [640, 360]);
    case 'GetStreamUri':
      return `<trt:MediaUri><tt:Uri>${rtspUrl}</tt:Uri></trt:MediaUri>`;
    case 'GetSnapshotUri':
      return `<trt:MediaUri><tt:Uri>${at}/snap.jpg?a=1&amp;b=2</tt:Uri></trt:MediaUri>`;
    case 'GetPresets':
      return '<tptz:Preset token="1"><tt:Name>大门</tt:Name></tptz:Preset><tptz:Preset token="2"><tt:Name>河堤</tt:Name></tptz:Preset>';
    case 'ContinuousMove':
    case 'Stop':
    case 'GotoPreset':
      return `<tptz:${action}Response/>`;
    default:
      return null;
  }
}

const speeds = (body: string) =>
  [...body.matchAll(/<PanTilt [^>]*x="([^"]*)" y="([^"]*)"|<Zoom [^>]*x="([^"]*)"/g)]
    .flatMap((found) => found.slice(1).filter(Boolean))
    .join(',');
const preset = (body: string) => /<PresetToken>([^<]*)</.exec(body)?.[1] ?? '';

function isToken(body: string, known: { user: string; password: string; nowMs: number }): boolean {
  const read = (name: string) => new RegExp(`<${name}(?: [^>]*)?>([^<]*)<`).exec(body)?.[1] ?? '';
  const created = read('Created');
  const wanted = createHash('sha1').update(Buffer.concat([Buffer.from(read('Nonce'), 'base64'), Buffer.from(created + known.password)]));
  const isYoung = Math.abs(Date.parse(created) - known.nowMs) < 5_000;
  return isYoung && read('Username') === known.user && read('Password') === wanted.digest('base64');
}

function isDigest(request: IncomingMessage, known: { user: string; password: string }): boolean {
  const header = request.headers.authorization ?? '';
  const read = (name: string) => new RegExp(`\\b${name}="?([^",]*)`).exec(header)?.[1] ?? '';
  const md5 = (text: string) => createHash('md5').update(text).digest('hex');
  const secret = md5(`${known.user}:${realm}:${known.password}`);
  const asked = md5(`${request.method}:${read('uri')}`);
  return read('response') === md5(`${secret}:${nonce}:${read('nc')}:${read('cnonce')}:auth:${asked}`);
}
