import { describe, expect, test } from 'vitest';
import { checkDocs } from './docs.mjs';
import { memoryTree } from './findings.mjs';

const scripts = JSON.stringify({ scripts: { start: 'x', test: 'x', quick: 'x', bench: 'x' } });
const bench = "parseArgs({ options: { reps: { type: 'string' } } }); words.includes('--smoke')";

function findingsIn(text: string): string[] {
  return checkDocs(
    memoryTree({
      'package.json': scripts,
      'docs/a.md': text,
      'docs/b.md': '# Two words, *really*\n## 画面 states\n',
      'main/app.ts': '',
      'test/bench/bus/bench.ts': bench,
    }),
  );
}

describe('links in documents', () => {
  test.each([
    '[b](b.md)',
    '[app](../main/app.ts)',
    '[folder](../main/)',
    '[heading](b.md#two-words-really)',
    '[中文](b.md#画面-states)',
    '[web](https://example.org/x)',
    '[self](#here)\n# Here',
  ])('accepts %s', (text) => expect(findingsIn(text)).toEqual([]));

  test.each([
    ['[gone](c.md)', 'docs/a.md:1: link to c.md, which does not exist'],
    ['\n\n![picture](images/wall.png)', 'docs/a.md:3: link to images/wall.png, which does not exist'],
    ['[b](b.md#three)', 'docs/a.md:1: link to b.md#three, but docs/b.md has no such heading'],
    ['[outside](../../other/x.md)', 'docs/a.md:1: link to ../../other/x.md, which does not exist'],
    ['[ref][r]\n\n[r]: c.md', 'docs/a.md:3: link to c.md, which does not exist'],
  ])('refuses %j', (text, finding) => expect(findingsIn(text)).toEqual([finding]));

  test('leaves examples in code alone', () => {
    expect(findingsIn('```md\n[gone](c.md)\n```\n`[gone](c.md)`')).toEqual([]);
  });
});

describe('commands in documents', () => {
  test('accepts scripts and options that exist', () => {
    expect(findingsIn('`npm start -- --lang en`, `npm test`, `npm run quick`, `npm ci`')).toEqual([]);
    expect(findingsIn('`npm test -- --only=unit,e2e`, `npm run -s bench -- bus --reps 9 --smoke`, `npm run bench -- NAME`')).toEqual([]);
  });

  test.each([
    ['`npm run fast`', 'docs/a.md:1: npm run fast is no script of package.json'],
    ['```\nnpm start -- --lang en --full\n```', 'docs/a.md:2: npm start has no option --full'],
    ['`npm test -- --only=unit,e3e`', 'docs/a.md:1: npm test has no stage e3e'],
    ['`npm run bench -- bos`', 'docs/a.md:1: npm run bench has no benchmark bos'],
    ['`npm run bench -- bus --rep 9`', 'docs/a.md:1: npm run bench -- bus has no option --rep'],
  ])('refuses %j', (text, finding) => expect(findingsIn(text)).toEqual([finding]));
});

describe('what must be named', () => {
  test('a folder of a layer in its README, a page of docs/ in the index', () => {
    const tree = {
      'main/README.md': 'Here are `wall/` and `map/engine`.',
      'main/wall/a.ts': '',
      'main/map/b.ts': '',
      'main/link/c.ts': '',
      'docs/README.md': '[a](a.md)',
      'docs/a.md': '',
      'docs/b.md': '',
      'docs/images/x.png': '',
      'docs/decisions/README.md': '',
      'docs/decisions/0001-a.md': '',
    };
    expect(checkDocs(memoryTree(tree))).toEqual([
      'main/README.md: says nothing about `link/`',
      'docs/README.md: does not list b.md',
      'docs/decisions/README.md: does not list 0001-a.md',
    ]);
  });
});
