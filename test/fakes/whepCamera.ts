import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';

/** A camera that speaks WebRTC: a page of a real browser that sends a moving canvas to whoever makes an offer. */
export type WhepCamera = {
  /** Where offers go, e.g. http://127.0.0.1:40000/cam/whep. */
  readonly url: string;
  /** Views that are open at the camera. */
  openViews(): number;
  /** Stops or goes on sending new pictures, with every connection left as it is. */
  freeze(how: 'still' | 'moving'): Promise<void>;
  close(): Promise<void>;
};

/** Runs in the camera's page. */
function startCamera(): void {
  const canvas = document.body.appendChild(document.createElement('canvas'));
  Object.assign(canvas, { width: 640, height: 360 });
  const pen = canvas.getContext('2d');
  const peers = new Map<string, RTCPeerConnection>();
  // One for all views: captures that nobody looks at any more would go on.
  const stream = canvas.captureStream(20);
  let isMoving = true;
  let frame = 0;
  setInterval(() => {
    if (pen === null || !isMoving) return;
    frame += 1;
    pen.fillStyle = `hsl(${frame % 360} 60% 40%)`;
    pen.fillRect(0, 0, 640, 360);
    pen.fillStyle = 'white';
    pen.fillRect((frame * 7) % 640, 100, 80, 80);
  }, 50);
  const answer = async (id: string, offer: string): Promise<string> => {
    const peer = new RTCPeerConnection();
    peers.set(id, peer);
    for (const track of stream.getTracks()) peer.addTrack(track, stream);
    await peer.setRemoteDescription({ type: 'offer', sdp: offer });
    await peer.setLocalDescription();
    await new Promise<void>((resolve) => {
      const look = () => peer.iceGatheringState === 'complete' && resolve();
      peer.addEventListener('icegatheringstatechange', look);
      look();
    });
    return peer.localDescription?.sdp ?? '';
  };
  const hangUp = (id: string) => {
    peers.get(id)?.close();
    peers.delete(id);
  };
  const freeze = (how: 'still' | 'moving') => {
    isMoving = how === 'moving';
  };
  Object.assign(window, { camera: { answer, hangUp, freeze } });
}

type CameraPage = {
  camera: { answer(id: string, offer: string): Promise<string>; hangUp(id: string): void; freeze(how: 'still' | 'moving'): void };
};

/** Starts the camera in `page`, which has to be of a browser that does not hide its own addresses. */
export async function startWhepCamera({ page }: { page: Page }): Promise<WhepCamera> {
  await page.evaluate(startCamera);
  const views = new Set<string>();
  let made = 0;
  const server = createServer((request, response) => void serve(request, response));
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const id = /^\/cam\/whep\/(.+)$/.exec(request.url ?? '')?.[1];
    if (request.method === 'DELETE' && id !== undefined) {
      views.delete(id);
      // The browser may be closing, and the camera with it.
      await page.evaluate((gone) => (window as unknown as CameraPage).camera.hangUp(gone), id).catch(() => {});
      response.writeHead(200).end();
      return;
    }
    let offer = '';
    for await (const part of request) offer += String(part);
    made += 1;
    const view = `view-${made}`;
    views.add(view);
    const asked: [string, string] = [view, offer];
    const answer = await page.evaluate(([name, sdp]) => (window as unknown as CameraPage).camera.answer(name, sdp), asked);
    response.writeHead(201, { 'Content-Type': 'application/sdp', Location: `/cam/whep/${view}` }).end(answer);
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/cam/whep`,
    openViews: () => views.size,
    freeze: async (how) => await page.evaluate((wanted) => (window as unknown as CameraPage).camera.freeze(wanted), how),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
