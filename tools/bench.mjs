/**
 * `npm run bench -- NAME [--json] [--reps N] [--smoke]`: measures our way and the plain way in one run (docs/benchmarks.md). With `--json`
 * the last line is the JSON that tools/benchCheck.mjs reads; `--smoke` is one small repetition that proves only that both sides work.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from './node24.mjs';

const [name = '', ...words] = process.argv.slice(2);
const script = path.join(projectRoot, 'test/bench', name, 'bench.ts');
if (!/^[a-z]+$/.test(name) || !existsSync(script)) {
  console.error(`no benchmark is called "${name}"; the benchmarks are the folders of test/bench that have a bench.ts (such as: bus)`);
  process.exit(2);
}
const { status } = spawnSync(process.execPath, [script, ...words], { cwd: projectRoot, stdio: 'inherit' });
process.exit(status ?? 1);
