import { expect, test } from 'vitest';
import { deviceList } from './deviceList.ts';

test('found devices become rows of a list with what people have to add left open', () => {
  const text = deviceList([
    { address: 'onvif://10.20.0.12', name: '东门', hardware: 'DS-2CD' },
    { address: 'onvif://10.20.0.13:8000', name: '', hardware: 'IPC' },
  ]);
  expect(text.split('\r\n')).toEqual([
    '\uFEFF编号,名称,所属区域,主码流,子码流',
    '10.20.0.12,东门,,onvif://10.20.0.12,onvif://10.20.0.12',
    '10.20.0.13,IPC 10.20.0.13,,onvif://10.20.0.13:8000,onvif://10.20.0.13:8000',
    '',
  ]);
});

test('a device whose name is a formula runs in no spreadsheet', () => {
  const [, row] = deviceList([{ address: 'onvif://10.20.0.12', name: '=HYPERLINK("http://x")', hardware: '' }]).split('\r\n');
  expect(row).toContain(`,"'=HYPERLINK`);
});
