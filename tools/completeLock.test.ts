import { expect, test } from 'vitest';
import { completeLock } from './completeLock.mjs';

const lock = {
  '': { optionalDependencies: {} },
  'node_modules/lint': {
    version: '1.2.3',
    optionalDependencies: { '@lint/linux-x64-musl': '1.2.3', '@lint/win32-arm64': '1.2.3', '@lint/linux-x64': '1.2.3', watcher: '~2.0.0' },
  },
  'node_modules/@lint/linux-x64': { version: '1.2.3', optional: true },
};

test('packages of other platforms that the registry lacked are named with the platform they are for', () => {
  const { packages, added } = completeLock(lock);
  expect(added).toEqual(['node_modules/@lint/linux-x64-musl', 'node_modules/@lint/win32-arm64']);
  expect(packages['node_modules/@lint/linux-x64-musl']).toEqual({
    version: '1.2.3',
    cpu: ['x64'],
    libc: ['musl'],
    optional: true,
    os: ['linux'],
  });
  expect(packages['node_modules/@lint/win32-arm64']).toEqual({ version: '1.2.3', cpu: ['arm64'], optional: true, os: ['win32'] });
});

test('a complete lock file stays as it is', () => {
  const { packages } = completeLock(lock);
  expect(completeLock(packages)).toEqual({ packages, added: [] });
});
