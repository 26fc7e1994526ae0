import { expect, test } from 'vitest';
import { isLoopback, isLoopbackHostHeader, isWindowOrigin } from './loopback.ts';

test('this machine is this machine under all of its names, and nothing that looks like it', () => {
  const names = ['127.0.0.1', '127.8.8.8', 'localhost', '::1', '[::1]', '0.0.0.0', '127.0.0.1.evil.example', '10.0.0.1', 'localhost.evil'];
  expect(names.filter(isLoopback)).toEqual(['127.0.0.1', '127.8.8.8', 'localhost', '::1', '[::1]']);
});

test('a host header with another name is not ours: a page may have its own name re-bound to this machine', () => {
  const headers = ['127.0.0.1:7080', 'localhost', '[::1]:7080', 'evil.example:7080', undefined, '', '127.0.0.1@evil.example'];
  expect(headers.filter(isLoopbackHostHeader)).toEqual(['127.0.0.1:7080', 'localhost', '[::1]:7080']);
});

test('windows come from the room or the shell, tests from nowhere, pages of others not at all', () => {
  const origins = [undefined, 'http://127.0.0.1:4173', 'app://room', 'https://evil.example', 'http://evil.example', 'null', 'file://'];
  expect(origins.filter(isWindowOrigin)).toEqual([undefined, 'http://127.0.0.1:4173', 'app://room']);
});
