/** Turns the pino lines of a child process into what a person at the terminal should see: warn and above, one line each. */

/** Level numbers are pino's (its documentation, "Log Level"). */
const levelNames = new Map([
  [40, 'warn'],
  [50, 'error'],
  [60, 'fatal'],
]);
const silentFields = new Set(['level', 'time', 'pid', 'hostname', 'msg', 'v', 'err']);

/**
 * @param {{ from: string, line: string }} options from: which process, e.g. `platform`
 * @returns {string | undefined} undefined = only for the log file
 */
export function formatLogLine({ from, line }) {
  if (line.trim() === '') return undefined;
  const entry = parseEntry(line);
  // Not pino: a stack trace of a crash or a runtime's own warning. Better shown than lost.
  if (entry === undefined) return `${from}: ${line}`;
  const level = levelNames.get(Number(entry.level));
  if (level === undefined) return undefined;
  const fields = Object.entries(entry)
    .filter(([name]) => !silentFields.has(name))
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const reason = typeof entry.err === 'object' && entry.err !== null && 'message' in entry.err ? [`(${String(entry.err.message)})`] : [];
  const message = typeof entry.msg === 'string' ? entry.msg : '';
  return [`${from} ${level}:`, message, ...reason, ...fields].join(' ').trimEnd();
}

/**
 * @param {string} line
 * @returns {Record<string, unknown> | undefined}
 */
function parseEntry(line) {
  if (!line.startsWith('{')) return undefined;
  try {
    const value = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'level' in value ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The one line that a process prints on stdout when it is listening.
 * @param {{ expects: string, line: string }} options
 * @returns {string | undefined} its URL; undefined = some other line
 */
export function readyUrl({ expects, line }) {
  try {
    const value = JSON.parse(line);
    return value?.ready === expects && typeof value.url === 'string' ? value.url : undefined;
  } catch {
    return undefined;
  }
}
