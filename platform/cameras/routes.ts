import { type DevicesFound, DiscoverRequest } from '#contract/cameras/index.ts';
import type { SurfaceAnswers } from '../access/index.ts';
import type { CameraGateway } from './ports.ts';

/** Finding cameras on the wire. One search at a time: a second asker gets the first one's answer. */
export function discoveryAnswers({ gateway }: { gateway: Pick<CameraGateway, 'discover'> }): SurfaceAnswers<'discoverCameras'> {
  let searching: ReturnType<CameraGateway['discover']> | null = null;
  return {
    async discoverCameras({ context }) {
      // A body that nobody meant starts nothing: a search is heard by every device on the wire.
      if (!DiscoverRequest.safeParse(await context.req.json().catch(() => null)).success)
        return context.json({ code: 'bus.badMessage' }, 400);
      searching ??= gateway.discover().finally(() => {
        searching = null;
      });
      return context.json({ devices: [...(await searching)] } satisfies DevicesFound);
    },
  };
}
