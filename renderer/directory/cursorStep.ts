/** Where a key brings the cursor of a list that has `count` lines: `at` is the line it is on (-1 = none), `page` how many lines a page has. Null: it is no key that walks. */
export function cursorStep(key: string, { at, count, page }: { at: number; count: number; page: number }): number | null {
  const to = targetOf(key, { at, count, page });
  return to === null ? null : Math.max(0, Math.min(count - 1, to));
}

function targetOf(key: string, { at, count, page }: { at: number; count: number; page: number }): number | null {
  switch (key) {
    case 'ArrowDown':
      return at + 1;
    case 'ArrowUp':
      return at - 1;
    case 'PageDown':
      return at + page;
    case 'PageUp':
      return at - page;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
