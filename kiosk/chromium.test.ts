import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startBrowser } from './chromium.ts';

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

let folder = '';
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'chromium-test-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Starts a shell script in the place of the browser. */
function start(script: string) {
  const executable = path.join(folder, 'browser');
  writeFileSync(executable, `#!/bin/sh\n${script}\n`);
  chmodSync(executable, 0o755);
  const home = { folder, profileFolder: folder, env: { PATH: process.env['PATH'] ?? '' }, remove: async () => {} };
  return startBrowser({ executable, user: { kind: 'ownUser' }, home, sandbox: 'sandboxed', log: silent });
}

describe('a browser that does not start', () => {
  test('is told in its own words, also when its pipe closes before it has ended', async () => {
    await expect(start('exec 3>&- 4>&-; sleep 0.2; echo "no display" >&2; exit 7')).rejects.toThrow(/browser ended \(7\): no display/);
  });

  test('without user namespaces: what to do stands in front', async () => {
    await expect(start('exec 3>&- 4>&-; echo "No usable sandbox! Update your kernel" >&2; exit 1')).rejects.toThrow(
      /its sandbox does not work here\. Allow user namespaces.*No usable sandbox/,
    );
  });

  test('one that closes its pipe and stays is ended', async () => {
    await expect(start('exec 3>&- 4>&-; exec sleep 600')).rejects.toThrow(/browser ended \(SIGKILL\)/);
  });
});
