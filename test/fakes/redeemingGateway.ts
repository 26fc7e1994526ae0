import { routes } from '#contract/bus/index.ts';
import { PushRequest } from '#contract/cameras/index.ts';
import type { CameraGateway, CameraSources, MediaGrants, SourceChange } from '#platform/cameras/index.ts';

/** Ports that the platform handed to its gateway. */
export type GatewayHandover = { sources: CameraSources; grants: MediaGrants; onSourceChange: (change: SourceChange) => void };

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
    openSources: () => [],
    ptzDevice: () => null,
    discover: async () => [],
    close: async () => {},
  };
}
