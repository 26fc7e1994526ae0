// RFC 3551, table 4: payload types that need no further word.
const staticTypes = new Map([
  ['0', 'pcmu'],
  ['3', 'gsm'],
  ['8', 'pcma'],
  ['9', 'g722'],
  ['14', 'mp3'],
]);
// What people call it where a session description calls it otherwise.
const names = new Map([
  ['mpeg4-generic', 'aac'],
  ['mp4a-latm', 'aac'],
  ['mpa', 'mp3'],
]);

/** The codec of the first sound that a session description (RFC 8866) offers; `none` when it offers none, null when it names it unreadably. */
export function audioOf(description: string): string | null {
  const lines = description.split(/\r?\n/, 2_000);
  const offered = /^m=audio \d+(?:\/\d+)? \S+ (\d{1,3})\b/;
  const type = lines.map((line) => offered.exec(line)?.[1]).find((found) => found !== undefined);
  if (type === undefined) return lines.some((line) => line.startsWith('m=audio')) ? null : 'none';
  const mapped = lines.map((line) => /^a=rtpmap:(\d{1,3}) ([A-Za-z0-9_-]{1,24})\//.exec(line)).find((found) => found?.[1] === type);
  const name = mapped?.[2]?.toLowerCase() ?? staticTypes.get(type) ?? null;
  return name === null ? null : (names.get(name) ?? name);
}
