/** Which texts a source file asks for. */

/**
 * Four ways lead to a text: `t('feature:key')` and `i18nKey="…"`; a string that is a whole key; a key that is put together at run time
 * (`states.${kind}` counts as every key of that shape); and, in main, which has no i18next, a property of a file that is imported whole.
 * @param {{ text: string, keys: ReadonlySet<string> }} source keys: `<namespace>:<path>`, without plural endings
 * @returns {{ used: string[], unknown: string[] }} unknown: asked for by `t`, but nobody has it
 */
export function localeUse({ text, keys }) {
  const namespaces = [...new Set([...keys].map((key) => key.split(':')[0] ?? ''))];
  const own = ownNamespaces(text);
  const find = (/** @type {string} */ asked) => candidates({ asked, own, namespaces }).filter((key) => keys.has(key));
  const asked = [...text.matchAll(/\bt\(\s*'([^']+)'|\bi18nKey="([^"]+)"|\bt\(\s*"([^"]+)"/g)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? '',
  );
  const literals = [...text.matchAll(/['"`]([\w-]+(?:[:.][\w-]+)+)['"`]/g)].map((match) => match[1] ?? '');
  return {
    used: [...asked.flatMap(find), ...literals.flatMap(find), ...shapedKeys({ text, keys }), ...propertyKeys({ text, keys })],
    unknown: asked.filter((key) => find(key).length === 0),
  };
}

/**
 * The namespaces that this file's `t` looks into first.
 * @param {string} text
 */
function ownNamespaces(text) {
  return [...text.matchAll(/useTranslation\(\s*(?:\[\s*)?'([\w-]+)'|getFixedT\([^,]+,\s*'([\w-]+)'/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  );
}

/**
 * @param {{ asked: string, own: readonly string[], namespaces: readonly string[] }} options
 * @returns {string[]}
 */
function candidates({ asked, own, namespaces }) {
  if (asked.includes(':')) return [asked];
  const among = own.length > 0 ? own : namespaces;
  return [...among.map((namespace) => `${namespace}:${asked}`), asked.replace('.', ':')];
}

/** @param {{ text: string, keys: ReadonlySet<string> }} options */
function shapedKeys({ text, keys }) {
  const shapes = [...text.matchAll(/`([^`]*\$\{[^`]*)`/g)].flatMap((match) => shapeOf(match[1] ?? '') ?? []);
  return [...keys].filter((key) => shapes.some((shape) => shape.test(key) || shape.test(key.slice(key.indexOf(':') + 1))));
}

/**
 * @param {string} template
 * @returns {RegExp | undefined} undefined when hardly anything of it is fixed: that would count everything as used
 */
function shapeOf(template) {
  const parts = template.split(/\$\{[^}]*\}/);
  const fixed = parts.join('');
  if (!/^[\w.:-]*$/.test(fixed) || !/[.:]/.test(fixed) || fixed.length < 3) return undefined;
  return new RegExp(`^${parts.map((part) => part.replace(/\./g, '[.:]')).join('[\\w.-]+')}$`);
}

/** @param {{ text: string, keys: ReadonlySet<string> }} options */
function propertyKeys({ text, keys }) {
  const imported = [...text.matchAll(/locales\/\S*?([\w-]+)\.json/g)].map((match) => `${match[1]}:`);
  return [...keys].filter((key) => {
    const path = key.slice(key.indexOf(':') + 1);
    return imported.some((prefix) => key.startsWith(prefix)) && text.includes(path.includes('.') ? path : `.${path}`);
  });
}
