import { createBirpc } from 'birpc';

/** Lets the bench call these functions over the process channel; the process ends with the bench. */
export function serveBench(functions: object): void {
  createBirpc<object, object>(functions, {
    post: (message) => void process.send?.(message),
    on: (listener) => process.on('message', listener),
    timeout: -1,
  });
  process.on('disconnect', () => process.exit(0));
}
