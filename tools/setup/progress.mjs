/** Progress lines of the set-up: `[3/6] system packages … 12 s`. */

/** @typedef {{ write: (text: string) => unknown, isTTY?: boolean, columns?: number }} Screen */

/**
 * @typedef {object} Progress
 * @property {(note?: string) => void} start the step begins; the note says what it is about to do
 * @property {(note: string) => void} say what the step is doing now, shown with the next elapsed time
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
  let saying = '';
  let isOver = false;
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const elapsed = () => `${Math.round((Date.now() - startedAtMs) / 1000)} s`;
  const line = (/** @type {string} */ ending) => {
    const text = `${title} ${[note, ending, isOver ? '' : saying].filter(Boolean).join(', ')}`;
    // A line that wraps could not be written over.
    return isTerminal ? text.slice(0, (out.columns ?? 80) - 1) : text;
  };
  const clear = () => isTerminal && out.write('\r\x1b[2K');
  const stop = (/** @type {string} */ ending) => {
    isOver = true;
    clearInterval(timer);
    clear();
    out.write(`${line(ending)}\n`);
  };
  return {
    start(startNote = '') {
      startedAtMs = Date.now();
      const [first = '', ...details] = startNote.split('\n');
      note = first;
      if (!isTerminal || details.length > 0) out.write(`${line('')}\n`);
      // A table is shown once; the line that runs below it stays one line.
      for (const detail of details) out.write(`${detail}\n`);
      timer = setInterval(() => out.write(isTerminal ? `\r\x1b[2K${line(elapsed())}` : `${line(elapsed())}\n`), isTerminal ? 1000 : 15_000);
    },
    say(text) {
      saying = text;
    },
    done: () => stop(elapsed()),
    failed: () => stop(`failed after ${elapsed()}`),
  };
}
