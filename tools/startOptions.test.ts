import { describe, expect, test } from 'vitest';
import { chooseShell, parseStart, startHelp, startOptionTable } from './startOptions.mjs';

const plainOptions = {
  shell: undefined,
  platform: undefined,
  lang: 'zh',
  data: './data',
  scale: 'county',
  port: 8420,
  tls: false,
  platformCa: undefined,
  basemap: undefined,
};
const fullMachine = { hasElectron: true, hasDisplay: true, hasBrowser: true, canInstall: true, isRoot: false };

describe('npm start without options', () => {
  test('starts a Chinese demo county on the default port and leaves the shell to the machine', () => {
    expect(parseStart([])).toEqual({ kind: 'start', options: plainOptions });
  });
});

describe('npm start with options', () => {
  test('takes every option, written with a space or with an equals sign', () => {
    const asked = [
      '--shell',
      'tab',
      '--platform=http://10.0.0.5:8420/',
      '--lang',
      'en',
      '--data=/srv/x',
      '--scale',
      'prefecture',
      '--port',
      '0',
      '--tls',
      '--platform-ca=county.pem',
      '--basemap=land.pmtiles',
    ];
    expect(parseStart(asked)).toEqual({
      kind: 'start',
      options: {
        ...{ shell: 'tab', platform: 'http://10.0.0.5:8420', lang: 'en', data: '/srv/x', scale: 'prefecture', port: 0 },
        ...{ tls: true, platformCa: 'county.pem', basemap: 'land.pmtiles' },
      },
    });
  });

  test('shows the help, whatever else is asked', () => {
    expect(parseStart(['--lang', 'en', '--help'])).toEqual({ kind: 'help' });
  });

  test.each([
    [['--shel', 'tab'], 'unknown option --shel'],
    [['tab'], 'unknown option tab'],
    [['--constructor'], 'unknown option --constructor'],
    [['--shell', 'window'], '--shell must be one of electron, kiosk, tab, not "window"'],
    [['--lang'], '--lang needs a value (zh|en)'],
    [['--platform', 'file:///etc'], '--platform must be a URL that begins with http:// or https://, not "file:///etc"'],
    [['--port', '70000'], '--port must be a number from 0 to 65535, not "70000"'],
    [['--tls=yes'], '--tls takes no value'],
    [['--basemap', 'land.tif'], '--basemap must name a .json or .pmtiles file, not "land.tif"'],
    [['--data', ''], '--data must name a folder, not ""'],
  ])('refuses %j by name', (argv, message) => {
    expect(parseStart(argv)).toEqual({ kind: 'wrong', message });
  });

  test('has examples in its help that it accepts itself', () => {
    const parsed = startOptionTable.map(({ example }) => parseStart(example.split(' ')).kind);
    expect(parsed).toEqual(startOptionTable.map(() => 'start'));
    expect(startOptionTable.filter(({ name }) => !startHelp().includes(name))).toEqual([]);
  });
});

describe('choosing the shell', () => {
  test.each([
    ['electron when its binary and a display are there', {}, 'electron'],
    ['the kiosk when the electron binary is missing', { hasElectron: false }, 'kiosk'],
    ['the kiosk for root, whom electron gives no sandbox', { isRoot: true }, 'kiosk'],
    ['the kiosk when Chromium can still be installed', { hasElectron: false, hasBrowser: false }, 'kiosk'],
    ['a browser tab when there is no display', { hasDisplay: false }, 'tab'],
    ['a browser tab when there is nothing to show windows with', { hasElectron: false, hasBrowser: false, canInstall: false }, 'tab'],
  ])('takes %s', (_sentence, lacking, shell) => {
    expect(chooseShell({ asked: undefined, machine: { ...fullMachine, ...lacking } })).toMatchObject({ kind: 'shell', shell });
  });

  test('takes what was asked for, even if the machine could do more', () => {
    expect(chooseShell({ asked: 'tab', machine: fullMachine })).toEqual({ kind: 'shell', shell: 'tab', why: 'asked for' });
  });

  test('says what is missing instead of quietly taking another shell', () => {
    const withoutElectron = chooseShell({ asked: 'electron', machine: { ...fullMachine, hasElectron: false } });
    const withoutDisplay = chooseShell({ asked: 'kiosk', machine: { ...fullMachine, hasDisplay: false } });
    const asRoot = chooseShell({ asked: 'electron', machine: { ...fullMachine, isRoot: true } });
    expect([withoutElectron.kind, withoutDisplay.kind, asRoot.kind]).toEqual(['impossible', 'impossible', 'impossible']);
  });
});
