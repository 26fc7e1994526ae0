import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PNG } from 'pngjs';

/** How the server answers for tiles. */
export type TileManner = 'well' | 'refuse' | 'page' | 'hang' | 'nothing' | 'fault' | 'unreadable' | 'limping';

/** Somebody else's tiles on this machine: a port of its own is an origin of its own. `asked`: every path with its query, in order. */
export type TileServer = {
  readonly origin: string;
  readonly asked: string[];
  /** Cookies and words of the page that came with questions. */
  readonly told: string[];
  manner: TileManner;
  close(): Promise<void>;
};

const cors = { 'access-control-allow-origin': '*' };

/** WMTS at `/wmts?z={z}&x={x}&y={y}&tk={key}` (key `k1`), TileJSON at `/land.json`, and at `/foreign.json` one whose tiles lie elsewhere. */
export async function openTileServer(): Promise<TileServer> {
  const asked: string[] = [];
  const told: string[] = [];
  const server = createServer((request, response) => {
    const url = request.url ?? '';
    asked.push(url);
    for (const name of ['cookie', 'referer'] as const)
      if (request.headers[name] !== undefined) told.push(`${name} ${request.headers[name]}`);
    if (url.startsWith('/land.json')) return json(response, { tiles: [`${origin}/wmts?z={z}&x={x}&y={y}&tk=k1`], minzoom: 0, maxzoom: 14 });
    if (url.startsWith('/foreign.json')) return json(response, { tiles: ['http://127.0.0.1:9/{z}/{x}/{y}.png'] });
    const wants = new URL(url, 'http://tiles').searchParams;
    const manner = wants.get('tk') === 'k1' || opened.manner !== 'well' ? opened.manner : 'refuse';
    answer({ manner, response, count: asked.length, place: [Number(wants.get('x')), Number(wants.get('y'))] });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const opened: TileServer = {
    ...{ origin, asked, told, manner: 'well' },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return opened;
}

function json(response: ServerResponse, value: object): void {
  response.writeHead(200, { ...cors, 'content-type': 'application/json' }).end(JSON.stringify(value));
}

function answer({
  manner,
  response,
  count,
  place,
}: {
  manner: TileManner;
  response: ServerResponse;
  count: number;
  place: [number, number];
}) {
  const say = (status: number, type: string, body: string | Buffer) =>
    response.writeHead(status, { ...cors, 'content-type': type }).end(body);
  switch (manner) {
    case 'well':
      return say(200, 'image/png', tilePicture(place));
    case 'refuse':
      return say(403, 'text/plain', 'no key');
    case 'page':
      return say(200, 'text/html', '<!doctype html><title>log in</title>');
    case 'hang':
      return;
    case 'nothing':
      return say(404, 'text/plain', 'no such tile');
    case 'fault':
      return say(503, 'text/plain', 'later');
    case 'unreadable':
      return response.writeHead(200, { 'content-type': 'image/png' }).end(tilePicture(place));
    case 'limping':
      return count % 4 === 0 ? say(503, 'text/plain', 'later') : say(200, 'image/png', tilePicture(place));
  }
}

/** Orange and violet in turn: colours that nothing else of the map has. */
export function tilePicture([x, y]: [number, number]): Buffer {
  const picture = new PNG({ width: 256, height: 256 });
  const [red, green, blue] = (x + y) % 2 === 0 ? [255, 150, 0] : [150, 0, 255];
  for (let at = 0; at < picture.data.length; at += 4) picture.data.set([red, green, blue, 255], at);
  return PNG.sync.write(picture);
}
