/** What a scan calls. Names come without their prefix. */
export type XmlVisitor = {
  open(name: string, attribute: (name: string) => string | null): void;
  text(text: string): void;
  close(name: string): void;
};

/** XML that neither a spreadsheet program nor a camera writes in good faith. */
export class XmlRefused extends Error {
  readonly code: 'xmlDamaged' | 'xmlDoctype' | 'xmlEntity';
  constructor(code: XmlRefused['code']) {
    super(code);
    this.code = code;
  }
}

const entities = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

/**
 * Walks through XML: elements, attributes, text. Knows no document type, no entity but the five and no processing, on purpose: what a
 * document declares could read files or grow without end (XXE, billion laughs). Throws XmlRefused.
 */
export function scanXml(bytes: Buffer, visitor: XmlVisitor): void {
  const text = decode(bytes);
  const open: string[] = [];
  let at = 0;
  while (at < text.length) {
    const tag = text.indexOf('<', at);
    if (tag !== at) visitor.text(unescape(text.slice(at, tag < 0 ? text.length : tag)));
    if (tag < 0) break;
    const end = endOfTag({ text, tag });
    const inner = text.slice(tag + 1, end);
    at = end + 1;
    if (inner.startsWith('?') || inner.startsWith('!--')) continue;
    if (inner.startsWith('!')) throw new XmlRefused(inner.startsWith('!DOCTYPE') ? 'xmlDoctype' : 'xmlDamaged');
    if (inner.startsWith('/')) {
      const name = plainName(inner.slice(1).trim());
      if (open.pop() !== name) throw new XmlRefused('xmlDamaged');
      visitor.close(name);
      continue;
    }
    const isEmpty = inner.endsWith('/');
    const name = plainName(/^[^\s/]+/.exec(inner)?.[0] ?? '');
    visitor.open(name, (attribute) => attributeOf({ inner, attribute }));
    if (isEmpty) visitor.close(name);
    else open.push(name);
    if (open.length > 64) throw new XmlRefused('xmlDamaged');
  }
  if (open.length > 0) throw new XmlRefused('xmlDamaged');
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new XmlRefused('xmlDamaged');
  }
}

function endOfTag({ text, tag }: { text: string; tag: number }): number {
  const isComment = text.startsWith('<!--', tag);
  const end = isComment ? text.indexOf('-->', tag + 4) + 2 : text.indexOf('>', tag);
  if (end < tag + 1) throw new XmlRefused('xmlDamaged');
  return end;
}

function plainName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function attributeOf({ inner, attribute }: { inner: string; attribute: string }): string | null {
  for (const [, name = '', , double, single] of inner.matchAll(/\s([\w:.-]+)\s*=\s*("([^"]*)"|'([^']*)')/g)) {
    if (name === attribute) return unescape(double ?? single ?? '');
  }
  return null;
}

function unescape(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(/&([^;]{0,12})(;?)/g, (_whole, name: string, end: string) => {
    const plain = end === '' ? undefined : (entities.get(name) ?? character(name));
    if (plain === undefined) throw new XmlRefused('xmlEntity');
    return plain;
  });
}

function character(name: string): string | undefined {
  const code = /^#x[0-9a-f]{1,6}$/i.test(name) ? Number.parseInt(name.slice(2), 16) : /^#\d{1,7}$/.test(name) ? Number(name.slice(1)) : -1;
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
