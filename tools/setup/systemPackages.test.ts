import { describe, expect, test } from 'vitest';
import { type Machine, systemPackages, systemPackagesStep } from './systemPackages.mjs';

const allNames = systemPackages.map((entry) => entry.package);

/** A Debian machine in memory that records what apt-get was asked for. */
function debian(parts: {
  installed: readonly string[];
  isRoot?: boolean;
  installCode?: number;
  programs?: readonly string[];
  states?: Readonly<Record<string, string>>;
  hasSudo?: boolean;
  updateCode?: number;
  /** So many calls meet somebody else's lock. */
  heldFor?: number;
}): Machine & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    states: (names) =>
      new Map(names.flatMap((name) => (parts.installed.includes(name) ? [[name, parts.states?.[name] ?? 'installed'] as const] : []))),
    hasProgram: (programs) => programs.some((program) => parts.programs?.includes(program)),
    hasChineseFont: () => false,
    isRoot: parts.isRoot ?? true,
    hasSudo: parts.hasSudo ?? true,
    rest: async () => void asked.push('rest'),
    isInterrupted: () => parts.states !== undefined,
    run: async (file, args) => {
      asked.push(`${file} ${args.join(' ')}`);
      if ((parts.heldFor ?? 0) > asked.length - 1) return { code: 100, output: 'E: Could not get lock /var/lib/apt/lists/lock.' };
      if (args[0] === 'update') return { code: parts.updateCode ?? 0, output: "Get:1 x\nE: Could not resolve 'deb.debian.org'" };
      return { code: args.includes('install') ? (parts.installCode ?? 0) : 0, output: 'E: Unable to fetch' };
    },
  };
}

const ignore = () => {};
const strangeSystem = (programs: readonly string[]): Machine => ({ ...debian({ installed: [], programs }), states: () => undefined });

describe('system packages on Debian', () => {
  test('nothing is said or done when all is there', async () => {
    const machine = debian({ installed: allNames });
    expect(await systemPackagesStep(['platform', 'kiosk', 'tests'], machine).missing()).toBeUndefined();
    expect(machine.asked).toEqual([]);
  });

  test('what is missing is named with the reason, and installed at once by root', async () => {
    const machine = debian({ installed: allNames.filter((name) => name !== 'ffmpeg' && name !== 'openbox') });
    const step = systemPackagesStep(['platform', 'tests'], machine);
    expect(await step.missing()).toMatch(/ffmpeg +reads cameras[^]*openbox +a window manager/);
    await step.run(ignore);
    expect(machine.asked).toEqual(['apt-get update', 'apt-get install -y --no-install-recommends ffmpeg openbox']);
  });

  test('only what the command at hand uses is asked for', async () => {
    expect(await systemPackagesStep(['platform'], debian({ installed: ['ffmpeg', 'fonts-noto-cjk'] })).missing()).toBeUndefined();
  });

  test('a browser that somebody installed by hand is enough', async () => {
    const machine = debian({ installed: ['ffmpeg', 'fonts-noto-cjk', 'x11-xserver-utils', 'libnss3-tools'], programs: ['google-chrome'] });
    expect(await systemPackagesStep(['platform', 'kiosk'], machine).missing()).toBeUndefined();
  });

  test('somebody who is not root gets the one line to run, and nothing is tried', async () => {
    const machine = debian({ installed: ['fonts-noto-cjk'], isRoot: false });
    await expect(systemPackagesStep(['platform'], machine).run(ignore)).rejects.toThrow(
      "sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends ffmpeg'",
    );
    expect(machine.asked).toEqual([]);
  });

  test('without sudo the line is for su', async () => {
    const machine = debian({ installed: ['fonts-noto-cjk'], isRoot: false, hasSudo: false });
    await expect(systemPackagesStep(['platform'], machine).run(ignore)).rejects.toThrow("\n  su -c 'apt-get update && apt-get install");
  });

  test('an installation that was killed is finished first, although the program is there already', async () => {
    const machine = debian({ installed: ['ffmpeg', 'fonts-noto-cjk'], states: { ffmpeg: 'unpacked' }, programs: ['ffmpeg'] });
    const step = systemPackagesStep(['platform'], machine);
    expect(await step.missing()).toMatch(/ffmpeg/);
    await step.run(ignore);
    expect(machine.asked).toEqual([
      'dpkg --configure -a',
      'apt-get install -y --fix-broken --no-install-recommends',
      'apt-get update',
      'apt-get install -y --no-install-recommends ffmpeg',
    ]);
  });

  test('a package that only waits for the triggers of another one is there', async () => {
    const machine = debian({ installed: ['ffmpeg', 'fonts-noto-cjk'], states: { ffmpeg: 'triggers-awaited' } });
    expect(await systemPackagesStep(['platform'], machine).missing()).toBeUndefined();
  });

  test('somebody who is not root is told to finish the interrupted one in the same line', async () => {
    const machine = debian({ installed: ['ffmpeg', 'fonts-noto-cjk'], states: { ffmpeg: 'half-configured' }, isRoot: false });
    await expect(systemPackagesStep(['platform'], machine).run(ignore)).rejects.toThrow("sudo sh -c 'dpkg --configure -a; apt-get update");
    expect(machine.asked).toEqual([]);
  });

  test('somebody else who installs at this moment is waited for, and that is said', async () => {
    const machine = debian({ installed: ['fonts-noto-cjk'], heldFor: 3 });
    const said: string[] = [];
    await systemPackagesStep(['platform'], machine).run((note) => void said.push(note));
    expect(machine.asked).toEqual([
      ...['apt-get update', 'rest', 'apt-get update', 'rest', 'apt-get update'],
      'apt-get install -y --no-install-recommends ffmpeg',
    ]);
    expect(said).toContain('waiting for another apt or dpkg on this machine');
  });

  test('a list of packages that could not be fetched is named as the reason', async () => {
    const machine = debian({ installed: [], installCode: 100, updateCode: 100 });
    await expect(systemPackagesStep(['platform'], machine).run(ignore)).rejects.toThrow(
      /apt-get update failed as well[^]*Could not resolve 'deb\.debian\.org'[^]*E: Unable to fetch/,
    );
  });

  test('a failed installation shows the last lines of apt-get', async () => {
    const machine = debian({ installed: [], installCode: 100 });
    await expect(systemPackagesStep(['platform'], machine).run(ignore)).rejects.toThrow(
      /exit code 100[^]*E: Unable to fetch[^]*mirror reachable/,
    );
  });
});

describe('system packages elsewhere', () => {
  test('programs on PATH are enough', async () => {
    const machine = { ...strangeSystem(['qaxbrowser', 'ffmpeg', 'xrandr', 'certutil']), hasChineseFont: () => true };
    expect(await systemPackagesStep(['platform', 'kiosk'], machine).missing()).toBeUndefined();
  });

  test('what is missing is named, nothing is installed', async () => {
    await expect(systemPackagesStep(['platform', 'kiosk'], strangeSystem([])).run(ignore)).rejects.toThrow(
      "These programs are missing: chromium, ffmpeg, fonts-noto-cjk, x11-xserver-utils, libnss3-tools (Debian's names).",
    );
  });
});
