/**
 * A camera gateway in a process of its own, for tests that kill it, limit it or put it behind a line: `node gatewayProcess.ts <GatewayProcessWords as
 * JSON>`. Says `{ up, connectSrc }`, then answers `{ id, asked }` with `{ id, answer }`.
 */
import { type Loops, startGateway } from './fakeGateway.ts';

/** `loops`: camera id -> what it plays. */
export type GatewayProcessWords = { readonly port: number; readonly host: string; readonly loops: Readonly<Record<string, Loops>> };

const { port, host, loops } = JSON.parse(process.argv[2] ?? '{}') as GatewayProcessWords;
const gateway = await startGateway({ loops: new Map(Object.entries(loops)), port, host });
type Question = { readonly id: number; readonly asked: Parameters<typeof gateway.media.openView>[0] };
const answer = async ({ id, asked }: Question): Promise<void> => {
  process.send?.({ id, answer: await gateway.media.openView(asked) });
};
process.on('message', (question: Question) => void answer(question));
// Nobody is left to serve.
process.on('disconnect', () => process.exit());
process.send?.({ up: true, connectSrc: gateway.media.connectSrc });
