import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asItIs, createFileSecrets } from './fileSecrets.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'commandwall-secrets-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('secrets in a file', () => {
  test('outlive the process, in a file that nobody else may read', async () => {
    const file = path.join(folder, 'room', 'secrets.json');
    await createFileSecrets({ file, sealing: asItIs }).write('deviceKey', '密钥');
    const mode = (await stat(file)).mode & 0o777;
    expect([await createFileSecrets({ file, sealing: asItIs }).read('deviceKey'), mode]).toEqual(['密钥', 0o600]);
  });

  test('twenty written at once are all there', async () => {
    const secrets = createFileSecrets({ file: path.join(folder, 'secrets.json'), sealing: asItIs });
    const names = Array.from({ length: 20 }, (_, index) => `name-${index}`);
    await Promise.all(names.map((name) => secrets.write(name, name.toUpperCase())));
    expect(await Promise.all(names.map((name) => secrets.read(name)))).toEqual(names.map((name) => name.toUpperCase()));
  });

  test('a sealed one lies sealed on the disk', async () => {
    const file = path.join(folder, 'secrets.json');
    const sealing = { seal: (value: string) => [...value].reverse().join(''), unseal: (sealed: string) => [...sealed].reverse().join('') };
    const secrets = createFileSecrets({ file, sealing });
    await secrets.write('deviceKey', 'abc');
    expect([JSON.parse(await readFile(file, 'utf8')), await secrets.read('deviceKey')]).toEqual([
      { version: 1, values: { deviceKey: 'cba' } },
      'abc',
    ]);
  });

  test('names that every object has are nobody’s secrets', async () => {
    const secrets = createFileSecrets({ file: path.join(folder, 'secrets.json'), sealing: asItIs });
    await secrets.write('a', 'b');
    expect([await secrets.read('constructor'), await secrets.read('__proto__'), await secrets.read('toString')]).toEqual([
      null,
      null,
      null,
    ]);
  });
});
