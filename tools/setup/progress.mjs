/** Progress lines of the set-up: `[3/6] system packages … 12 s`. */

/** @typedef {{ write: (text: string) => unknown, isTTY?: boolean }} Screen */

/**
 * @typedef {object} Progress
 * @property {(note?: string) => void} start the step begins; the note says what it is about to do
 * @property {(note: string) => void} say a line below the step
 * @property {() => void} done
 * @property {() => void} failed
 */

/**
 * Shows one step. On a terminal the elapsed time runs on the same line; elsewhere (logs) a line is printed now and then.
 * @param {{ position: string, name: string, out?: Screen }} options position is shown as it is, e.g. `3/6`
 * @returns {Progress}
 */
export function createProgress({ position, name, out = process.stdout }) {
  const title = `[${position}] ${name} …`;
  const isTerminal = out.isTTY === true;
  let startedAtMs = 0;
  let note = '';
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const elapsed = () => `${Math.round((Date.now() - startedAtMs) / 1000)} s`;
  const line = (/** @type {string} */ ending) => `${title} ${[note, ending].filter(Boolean).join(', ')}`;
  const clear = () => isTerminal && out.write('\r\x1b[2K');
  const stop = (/** @type {string} */ ending) => {
    clearInterval(timer);
    clear();
    out.write(`${line(ending)}\n`);
  };
  return {
    start(startNote = '') {
      startedAtMs = Date.now();
      note = startNote;
      if (!isTerminal) out.write(`${line('')}\n`);
      timer = setInterval(() => out.write(isTerminal ? `\r\x1b[2K${line(elapsed())}` : `${line(elapsed())}\n`), isTerminal ? 1000 : 15_000);
    },
    say(text) {
      clear();
      out.write(`      ${text}\n`);
    },
    done: () => stop(elapsed()),
    failed: () => stop(`failed after ${elapsed()}`),
  };
}
