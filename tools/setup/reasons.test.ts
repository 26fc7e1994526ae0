import { describe, expect, test } from 'vitest';
import { SetupProblem } from './command.mjs';
import { explainFailure } from './reasons.mjs';

const wrongAdvice = 'Is the package registry reachable?';

const messageOf = (error: unknown) => (error as Error).message;

describe('a full disk', () => {
  const free = (folder: string) => (folder === '/var/cache/apt' ? 20_000 : 3);

  test.each([
    ['npm', 'npm error code ENOSPC\nnpm error nospc There appears to be insufficient space on your system to finish.'],
    ['apt-get', "E: You don't have enough free space in /var/cache/apt/archives/."],
    ['ffmpeg', 'av_interleaved_write_frame(): No space left on device'],
  ])('is named with what is left, whatever %s calls it', (_program, output) => {
    const message = messageOf(explainFailure(new SetupProblem({ what: 'It failed:', output, todo: wrongAdvice }), free));
    expect(message).toMatch(/^The disk is full\. It failed:\n[^]*Left are 3 MB for [^]*goes on where it stopped\.$/);
    expect(message).toContain(output.split('\n')[0]);
    expect(message).not.toContain(wrongAdvice);
    expect(message).not.toContain('/var/cache/apt,');
    expect(message).not.toContain('20000 MB');
  });

  test('a file of our own that could not be written is told without a stack', () => {
    const error = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    const explained = explainFailure(error, free);
    expect(explained).toBeInstanceOf(SetupProblem);
    expect(messageOf(explained)).toMatch(/^The disk is full\. /);
  });

  test('where the space is back already, all disks are named', () => {
    const error = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    const free = (folder: string) => (folder === '/var/cache/apt' ? 20_000 : 900);
    expect(messageOf(explainFailure(error, free))).toMatch(/Left are 900 MB for [^,]+, 20000 MB for \/var\/cache\/apt\. /);
  });
});

describe('a folder of somebody else', () => {
  test('is named, whether we or npm met it', () => {
    const own = Object.assign(new Error("EACCES: permission denied, mkdir '/opt/room/.cache'"), {
      code: 'EACCES',
      path: '/opt/room/.cache',
    });
    const npm = new SetupProblem({
      what: 'npm ci failed:',
      output: 'npm error code EACCES\nnpm error syscall mkdir\nnpm error path /opt/room/node_modules',
      todo: wrongAdvice,
    });
    expect(messageOf(explainFailure(own))).toMatch(/^\/opt\/room\/\.cache cannot be written by this account\./);
    expect(messageOf(explainFailure(npm))).toMatch(/^\/opt\/room\/node_modules cannot be written by this account\./);
  });
});

test('any other failure keeps its own words', () => {
  const problem = new SetupProblem({ what: 'npm ci failed:', output: 'npm error code ECONNREFUSED', todo: wrongAdvice });
  const bug = new TypeError('x is not a function');
  expect([explainFailure(problem), explainFailure(bug)]).toEqual([problem, bug]);
});
