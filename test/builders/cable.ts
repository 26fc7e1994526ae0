import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A network cable between a room and a platform on loopback, which a test pulls and plugs in again. */
export type Cable = {
  readonly url: string;
  pull(): void;
  plugIn(): void;
  /** What the platform has sent through it so far. */
  bytesToDesk(): number;
  close(): Promise<void>;
};

/** Opens one to the platform at `url`. Pulled, it ends what is open and answers nothing new. */
export async function openCable(url: string): Promise<Cable> {
  const open = new Set<Socket>();
  let isPulled = false;
  let bytesToDesk = 0;
  const keep = (socket: Socket, other: Socket) => {
    open.add(socket);
    // A cut line is what this is for.
    socket.on('error', () => other.destroy());
    socket.on('close', () => {
      open.delete(socket);
      other.destroy();
    });
  };
  const server = createServer((near) => {
    if (isPulled) return near.destroy();
    const far = connect(Number(new URL(url).port), '127.0.0.1');
    keep(near, far);
    keep(far, near);
    far.on('data', ({ length }) => (bytesToDesk += length));
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const pull = () => {
    isPulled = true;
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    pull,
    bytesToDesk: () => bytesToDesk,
    plugIn: () => {
      isPulled = false;
    },
    close: async () => {
      pull();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
