/**
 * A camera gateway in a process of its own, for tests that kill it: `node gatewayProcess.ts <port> <loop> <camera id>...`. Says `{ up, connectSrc }`,
 * then answers `{ id, asked }` with `{ id, answer }`.
 */
import { startGateway } from './fakeGateway.ts';

const [port = '0', loop = '', ...cameraIds] = process.argv.slice(2);
const gateway = await startGateway({ loops: new Map(cameraIds.map((cameraId) => [cameraId, loop])), port: Number(port) });
type Question = { readonly id: number; readonly asked: Parameters<typeof gateway.media.openView>[0] };
const answer = async ({ id, asked }: Question): Promise<void> => {
  process.send?.({ id, answer: await gateway.media.openView(asked) });
};
process.on('message', (question: Question) => void answer(question));
// Nobody is left to serve.
process.on('disconnect', () => process.exit());
process.send?.({ up: true, connectSrc: gateway.media.connectSrc });
