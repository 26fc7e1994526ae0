import { setTimeout as after } from 'node:timers/promises';

/** Waits until something outside (a process, a decoder) is as it should be; only the runner's own time limit ends it. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await after(20);
}
