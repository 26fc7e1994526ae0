import type * as Engine from './engine/index.ts';

/** Loads the engine's code; only windows that show a map ever do. */
export function loadMapEngine(): Promise<typeof Engine> {
  return import('./engine/index.ts');
}
