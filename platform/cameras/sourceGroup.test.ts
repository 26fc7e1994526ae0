import { expect, test } from 'vitest';
import { sourceGroup } from './sourceGroup.ts';

const rtsp = (url: string) => ({ kind: 'rtsp', url, transport: 'tcp' }) as const;

test('cameras of one recorder are one group, whatever their account and channel', () => {
  const first = sourceGroup(rtsp('rtsp://admin:one@10.1.2.3:554/ch1/main'), 'key');
  expect(sourceGroup(rtsp('rtsp://viewer:two@10.1.2.3:554/ch2/sub'), 'key')).toBe(first);
  expect(sourceGroup(rtsp('rtsp://10.1.2.4:554/ch1/main'), 'key')).not.toBe(first);
});

test('a group says nothing about the address, and is another one with another key', () => {
  const group = sourceGroup(rtsp('rtsp://10.1.2.3/ch1'), 'key');
  expect(group).toMatch(/^[A-Za-z0-9_-]{16}$/);
  expect(sourceGroup(rtsp('rtsp://10.1.2.3/ch1'), 'another key')).not.toBe(group);
  expect(sourceGroup({ kind: 'demo', loop: '/loops/a.mp4' }, 'key')).toBeUndefined();
});
