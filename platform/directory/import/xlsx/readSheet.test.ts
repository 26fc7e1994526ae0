import { expect, test } from 'vitest';
import { archive, type Part, workbook } from '../testing/archive.ts';
import { readSheet } from './readSheet.ts';

function read(bytes: Buffer) {
  const sheet = readSheet(bytes, { maxLines: 100 });
  return sheet.ok ? sheet.value.map(({ line, cells }) => [line, ...cells]) : sheet.refusal.code.replace('directory.import.', '');
}

const sheet = (content: string): Part => ({
  name: 'xl/worksheets/sheet1.xml',
  content: `<worksheet><sheetData>${content}</sheetData></worksheet>`,
});

test('strings, numbers and empty lines of a sheet come out as lines of text', () => {
  const rows = [['编号', '名称 & <b>'], [], ['0012', 108.70000000000002], [7, '']];
  expect(read(workbook(rows))).toEqual([
    [1, '编号', '名称 & <b>'],
    [3, '0012', '108.7'],
    [4, '7', ''],
  ]);
});

test('a cell says its own place, text may come in pieces, and a reading aid is no text', () => {
  const strings = '<sst><si><r><t>城</t></r><r><t>关</t></r><rPh sb="0"><t>chengguan</t></rPh></si></sst>';
  const cells = '<row r="5"><c r="C5" t="s"><v>0</v></c><c r="AA5" t="inlineStr"><is><t>x&#x4E2D;</t></is></c></row>';
  const [line] = read(archive([{ name: 'xl/sharedStrings.xml', content: strings }, sheet(cells)])) as string[][];
  expect([line?.length, line?.[0], line?.[3], line?.[27]]).toEqual([28, 5, '城关', 'x中']);
});

test('twenty digits that became a number are written so that no reader takes them for an id', () => {
  const cells = '<row r="1"><c><v>34020000001320000001</v></c><c><v>3.4020000001320001E+19</v></c></row>';
  expect(read(archive([sheet(cells)]))).toEqual([[1, '3.402000000132e+19', '3.402000000132e+19']]);
});

test('the first sheet is the one that the workbook names first', () => {
  const book = '<workbook><sheets><sheet name="a" r:id="rId7"/><sheet name="b" r:id="rId1"/></sheets></workbook>';
  const relations =
    '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId7" Target="/xl/worksheets/sheet2.xml"/></Relationships>';
  const parts = [
    { name: 'xl/workbook.xml', content: book },
    { name: 'xl/_rels/workbook.xml.rels', content: relations },
    sheet('<row><c><v>1</v></c></row>'),
    { name: 'xl/worksheets/sheet2.xml', content: '<x:worksheet><x:row><x:c><x:v>2</x:v></x:c></x:row></x:worksheet>' },
  ];
  expect(read(archive(parts))).toEqual([[1, '2']]);
});

const bomb = 'x'.repeat(50_000_000);
test.each([
  ['is no archive', Buffer.from('编号,名称\n1,a'), 'notXlsx'],
  ['has no sheet', archive([{ name: 'a.txt', content: '' }]), 'notXlsx'],
  ['is cut off', workbook([['a'], ['b']]).subarray(40), 'zipDamaged'],
  ['unpacks to a thousand times its size', archive([sheet(bomb)]), 'zipTooLarge'],
  ['unpacks to more than it says', archive([{ ...sheet(bomb), claims: 1_000 }]), 'zipTooLarge'],
  ['says that it unpacks to 4 GB', archive([{ ...sheet(''), claims: 4_294_967_295 }]), 'zipTooLarge'],
  [
    'has more parts than a workbook',
    archive(Array.from({ length: 2_001 }, (_, index) => ({ name: `${index}`, content: '' }))),
    'zipTooLarge',
  ],
  [
    'reads a file of the machine (XXE)',
    archive([{ name: 'xl/worksheets/sheet1.xml', content: '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>' }]),
    'xmlDoctype',
  ],
  ['uses an entity of its own', archive([sheet('<row><c t="str"><v>&lol;</v></c></row>')]), 'xmlEntity'],
  ['is not well-formed', archive([sheet('<row></c>')]), 'xmlDamaged'],
  ['ends in the middle', archive([sheet('<row><c')]), 'xmlDamaged'],
  ['is not in UTF-8', archive([{ name: 'xl/worksheets/sheet1.xml', content: Buffer.from([0xff, 0xfe, 0x3c, 0x00]) }]), 'xmlDamaged'],
])('a file that %s is refused', (_name, bytes, code) => {
  expect(read(bytes)).toBe(code);
});
