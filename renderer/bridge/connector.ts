import type { BridgeOpening } from '#contract/bridge/index.ts';
import type { Connector, FrameChannel } from './channel.ts';
import type { Handovers } from './handover.ts';
import { toPortChannel } from './portChannel.ts';
import { openBridgeSocket } from './webSocketChannel.ts';

const tokenKey = 'commandwall.bridgeToken';

/**
 * Finds the way to main whichever shell opened this page. The token that a code was exchanged for is kept for this tab only
 * (sessionStorage), so that a reload and a lost socket find back without a new code.
 */
export function createPageConnector({
  handovers,
  socketUrl,
  storage,
}: {
  handovers: Handovers;
  socketUrl: string;
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
}): Connector {
  let nextHandover = handovers.next();
  const takeHandover = () => {
    const taken = nextHandover;
    nextHandover = taken.then(() => handovers.next());
    return taken;
  };
  const openSocket = async (opening: BridgeOpening): Promise<FrameChannel> => {
    const result = await openBridgeSocket({ url: socketUrl, opening });
    if (result.kind === 'opened') {
      storage.setItem(tokenKey, result.token);
      return result.channel;
    }
    if (result.kind === 'openingRefused') storage.removeItem(tokenKey);
    throw new Error(`bridge socket: ${result.kind}`);
  };
  const connectByHandover = async (): Promise<FrameChannel> => {
    const handover = await takeHandover();
    if (handover.kind === 'port') return toPortChannel(handover.port);
    return await openSocket({ type: 'code', code: handover.code });
  };
  return {
    async connect() {
      const token = storage.getItem(tokenKey);
      // A fresh handover wins over an old token: it names the window that main means now.
      if (token === null || (await isSettled(nextHandover))) return await connectByHandover();
      return await openSocket({ type: 'token', token });
    },
  };
}

async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol('pending');
  return (await Promise.race([promise, Promise.resolve(pending)])) !== pending;
}
