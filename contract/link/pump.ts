/**
 * Runs `run` whenever it is asked to, never twice at once, and once more when it was asked while running: nothing that changed in
 * between is overlooked.
 */
export function createPump(run: () => Promise<void>, onError: (error: unknown) => void): () => void {
  let state: 'idle' | 'running' | 'again' = 'idle';
  async function runAll(): Promise<void> {
    do {
      state = 'running';
      await run().catch(onError);
    } while (isAskedAgain());
    state = 'idle';
  }
  const isAskedAgain = () => state === 'again';
  return () => {
    if (state === 'idle') void runAll();
    else state = 'again';
  };
}
