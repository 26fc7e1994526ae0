import { routes } from '#contract/bus/index.ts';
import { type CameraId, granted } from '#contract/values/index.ts';
import { PushRequest } from '#contract/cameras/index.ts';
import type { CameraGateway, CameraSources, MediaGrants, SourceChange } from '#platform/cameras/index.ts';

/** Ports that the platform handed to its gateway. */
export type GatewayHandover = { sources: CameraSources; grants: MediaGrants; onSourceChange: (change: SourceChange) => void };

const noFigures = { framesPerSecond: null, bitsPerSecond: null, delayMs: null, clockOffsetMs: null, lastPictureAtMs: null };

/** A gateway without pictures: it redeems tokens like the real one and says which camera they open. */
export function createRedeemingGateway({ grants }: GatewayHandover): CameraGateway {
  return {
    async handleHttp(request, response) {
      if (![routes.mediaHls, routes.mediaWhep].some((route) => (request.url ?? '').startsWith(route))) return false;
      const grant = grants.redeem((request.headers.authorization ?? '').replace('Bearer ', ''));
      response.writeHead(grant === null ? 401 : 200, { 'content-type': 'text/plain' }).end(grant?.cameraId ?? '');
      return true;
    },
    handlePushSocket(socket) {
      socket.on('message', (bytes) => {
        const request = PushRequest.parse(JSON.parse((bytes as Buffer).toString('utf8')));
        if (request.type !== 'open') return;
        const grant = grants.redeem(request.token);
        const { channel } = request;
        const notice =
          grant === null
            ? { type: 'refused', channel, code: 'access.notAllowed' }
            : { type: 'opened', channel, cameraId: grant.cameraId, quality: grant.quality, mimeType: 'video/mp4' };
        socket.send(JSON.stringify(notice));
      });
    },
    canMask: true,
    openSources: () => [
      {
        ...{ cameraId: 'east-a' as CameraId, quality: 'sub', isMasked: false, viewers: 1, processId: null, state: 'flowing', sinceMs: 0 },
        ...{ restarts: 0, figures: noFigures, reading: null, fault: null },
      },
    ],
    snapshot: async ({ cameraId }) =>
      granted({ jpeg: Buffer.from(`a picture of ${cameraId}`), atMs: 0, isProven: false, widthPx: 1, heightPx: 1 }),
    ptzDevice: () => null,
    discover: async () => [],
    probe: async (_cameraId, quality) => ({ ok: true, value: { outcome: 'windowOnly', quality } }),
    close: async () => {},
  };
}
