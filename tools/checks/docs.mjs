/**
 * The document check: every relative link leads somewhere, every command that a document names exists, every folder of a layer is
 * named in its README and every page of docs/ in its index.
 */
import path from 'node:path';
import { unknownCommands } from './docCommands.mjs';
import { lineAt, runAsCommand } from './findings.mjs';

/** @typedef {import('./findings.mjs').Tree} Tree */

/**
 * @param {Tree} tree
 * @returns {string[]}
 */
export function checkDocs(tree) {
  const known = new Set(tree.files.flatMap(withFolders));
  const documents = tree.files.filter((file) => file.endsWith('.md'));
  const perDocument = documents.flatMap((file) => {
    const text = tree.read(file);
    return [...brokenLinks({ tree, file, text, known }), ...unknownCommands({ tree, file, text })];
  });
  return [...perDocument, ...unnamedFolders(tree), ...unlistedPages(tree)];
}

/**
 * A folder that its layer's README does not name is one that nobody finds.
 * @param {Tree} tree
 */
function unnamedFolders(tree) {
  const layers = tree.files.filter((file) => /^[^/]+\/README\.md$/.test(file) && !file.startsWith('docs/'));
  return layers.flatMap((readme) => {
    const layer = path.posix.dirname(readme);
    const inside = tree.files.filter((file) => file.startsWith(`${layer}/`)).map((file) => file.split('/'));
    const folders = [...new Set(inside.flatMap((parts) => (parts.length > 2 ? [parts[1] ?? ''] : [])))];
    const text = tree.read(readme);
    return folders.filter((folder) => !text.includes(`\`${folder}/`)).map((folder) => `${readme}: says nothing about \`${folder}/\``);
  });
}

/** @param {Tree} tree */
function unlistedPages(tree) {
  const indexes = tree.files.filter((file) => /^docs\/(?:[^/]+\/)?README\.md$/.test(file));
  return indexes.flatMap((index) => {
    const text = tree.read(index);
    const folder = path.posix.dirname(index);
    const pages = tree.files.filter((file) => path.posix.dirname(file) === folder && file.endsWith('.md') && file !== index);
    return pages
      .map((page) => path.posix.basename(page))
      .flatMap((page) => (text.includes(`](${page})`) ? [] : [`${index}: does not list ${page}`]));
  });
}

/** @param {{ tree: Tree, file: string, text: string, known: ReadonlySet<string> }} options */
function brokenLinks({ tree, file, text, known }) {
  const prose = blankCode(text);
  const links = [
    ...prose.matchAll(/\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)|^[ \t]*\[[^\]]+\]:\s*(\S+)|<(?:img|a)[^>]+(?:src|href)="([^"]+)"/gm),
  ];
  return links.flatMap((link) => {
    const target = link[1] ?? link[2] ?? link[3] ?? '';
    if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return [];
    const where = `${file}:${lineAt({ text, offset: link.index })}`;
    const [pathPart = '', anchor] = target.split('#');
    const resolved =
      pathPart === ''
        ? file
        : path.posix.normalize(path.posix.join(path.posix.dirname(file), decodeURIComponent(pathPart))).replace(/\/$/, '');
    if (!known.has(resolved)) return [`${where}: link to ${target}, which does not exist`];
    if (anchor && resolved.endsWith('.md') && !anchorsOf(tree.read(resolved)).has(decodeURIComponent(anchor))) {
      return [`${where}: link to ${target}, but ${resolved} has no such heading`];
    }
    return [];
  });
}

/**
 * A file and the folders it lies in, so that links to folders count.
 * @param {string} file
 */
function withFolders(file) {
  const parts = file.split('/');
  return parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
}

/**
 * Code blocks and spans hold examples, not links; their length stays, so that line numbers do.
 * @param {string} text
 */
function blankCode(text) {
  return text.replace(/^(```|~~~)[^\n]*\n[\s\S]*?^\1/gm, blank).replace(/`[^`\n]*`/g, blank);
}

/** @param {string} code */
function blank(code) {
  return code.replace(/[^\n]/g, ' ');
}

/**
 * Anchors as GitHub makes them: lower case, punctuation dropped, spaces to hyphens, repeats numbered.
 * @param {string} markdown
 */
function anchorsOf(markdown) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  const anchors = new Set([...markdown.matchAll(/<a\s+(?:id|name)="([^"]+)"/g)].map((match) => match[1] ?? ''));
  const withoutBlocks = markdown.replace(/^(```|~~~)[^\n]*\n[\s\S]*?^\1/gm, blank);
  for (const match of withoutBlocks.matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)) {
    const plain = (match[1] ?? '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const slug = plain
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-');
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    anchors.add(times === 0 ? slug : `${slug}-${times}`);
  }
  return anchors;
}

runAsCommand({ module: import.meta.url, name: 'docs', check: checkDocs });
