/** What narrows a question, as the audit keeps it: ids and codes only. What was typed is left out; its hash is kept beside. */
export function filterNames(query: Readonly<Record<string, string | number | readonly string[] | undefined>>): string[] {
  return Object.entries(query).flatMap(([name, value]) => {
    if (value === undefined || name === 'limit') return [];
    if (name === 'camera') return ['camera'];
    return [`${name} ${typeof value === 'object' ? value.join(',') : value}`.slice(0, 160)];
  });
}
