import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runCommand } from '#tools/setup/command.mjs';

const projectRoot = path.resolve(import.meta.dirname, '../..');
const fixturesFolder = path.join(import.meta.dirname, 'fixtures');

/** What a fixture's broken side must be refused for. */
export type Expectation = {
  tool: 'oxlint' | 'tsc';
  /** rule of the linter as it prints it, or the compiler's error code */
  rule: string;
  /** a part of the message, empty where the code says it all */
  message: string;
  file: string;
};

/** One complaint of the linter or the compiler. */
export type Complaint = { rule: string; message: string; file: string };

/** Every fixture with what its broken side must be refused for. */
export function readFixtures(): { name: string; expected: Expectation }[] {
  return readdirSync(fixturesFolder).map((name) => ({
    name,
    expected: JSON.parse(readFileSync(path.join(fixturesFolder, name, 'expect.json'), 'utf8')) as Expectation,
  }));
}

/**
 * Copies one side of a fixture into a small project of its own, with the real configuration files around it, and runs the tool
 * there: so the checks see the same paths as in the real tree.
 */
export async function checkFixture({ name, side, tool }: { name: string; side: 'broken' | 'lawful'; tool: Expectation['tool'] }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'commandwall-layers-'));
  try {
    cpSync(path.join(fixturesFolder, name, side), folder, { recursive: true });
    copyConfiguration(folder);
    return tool === 'oxlint' ? await runOxlint(folder) : await runCompiler(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function copyConfiguration(folder: string): void {
  for (const file of ['.oxlintrc.json', 'package.json', 'tsconfig.base.json', 'tsconfig.json']) {
    cpSync(path.join(projectRoot, file), path.join(folder, file));
  }
  for (const layer of ['contract', 'main', 'electron', 'kiosk', 'platform', 'renderer', 'tools', 'test']) {
    mkdirSync(path.join(folder, layer), { recursive: true });
    cpSync(path.join(projectRoot, layer, 'tsconfig.json'), path.join(folder, layer, 'tsconfig.json'));
  }
  cpSync(path.join(projectRoot, 'tools/oxlint'), path.join(folder, 'tools/oxlint'), { recursive: true });
  symlinkSync(path.join(projectRoot, 'node_modules'), path.join(folder, 'node_modules'));
}

async function runOxlint(folder: string): Promise<Complaint[]> {
  const args = [path.join(projectRoot, 'node_modules/oxlint/bin/oxlint'), '--format', 'json', '--ignore-pattern', 'tools/oxlint'];
  const { output } = await runCommand({ file: process.execPath, args, cwd: folder });
  const { diagnostics } = JSON.parse(output) as { diagnostics: { code: string; message: string; filename: string }[] };
  return diagnostics.map(({ code, message, filename }) => ({ rule: code, message, file: filename }));
}

async function runCompiler(folder: string): Promise<Complaint[]> {
  const args = [path.join(projectRoot, 'node_modules/typescript/bin/tsc'), '-b', '--pretty', 'false'];
  const { output } = await runCommand({ file: process.execPath, args, cwd: folder });
  // TS18003 (no inputs) is about the folders that the fixture leaves empty.
  return [...output.matchAll(/^(.+?)\(\d+,\d+\): error (TS\d+): (.*)$/gm)].map(([, file = '', rule = '', message = '']) => ({
    rule,
    message,
    file,
  }));
}
