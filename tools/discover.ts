/** `npm run discover -- FOLDER`: asks the camera networks which ONVIF devices there are, and writes them as a list to be completed. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Timers } from '#contract/values/index.ts';
import { discoverDevices } from '#platform/cameras/index.ts';
import { sourceNetworks } from '#platform/core.ts';
import { deviceList } from './discover/deviceList.ts';
import { onPlatform, platformFolder } from './import/dataFolder.ts';
import { discoverOverHttp } from './import/importOverHttp.ts';
import { openWords } from './import/words.ts';

const help = `Asks the camera networks which ONVIF devices there are (some seconds), from the machine that the platform runs on.

  npm run discover -- [FOLDER] [--data DIR] [--lang zh|en] [--account NAME]

  FOLDER            gets a cameras.csv to complete (regions; user:password@ in the addresses) and to import; none = only shown
  --data DIR        the folder that npm start keeps everything in (default: ./data)
  --lang zh|en      language of what is said (default: zh)
  --account NAME    an administrator, when the platform runs and is no demo; the password comes from COMMANDWALL_PASSWORD or is asked for
`;

/** The platform's own timers keep no process alive; here nothing else does. */
const keptAlive: Timers = {
  afterMs(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return 1;
});

async function main(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      data: { type: 'string', default: 'data' },
      lang: { type: 'string', default: 'zh' },
      account: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const [folder] = positionals;
  const file = folder === undefined ? null : path.join(folder, 'cameras.csv');
  if (file !== null && existsSync(file))
    throw new Error(`${file} is there already; name another folder, so that nothing of yours is replaced.`);
  const devices = await onPlatform({
    dataFolder: platformFolder(values.data),
    async directly(taken) {
      taken.release();
      return await discoverDevices({ networks: sourceNetworks('normal'), timers: keptAlive });
    },
    overHttp: (url) => discoverOverHttp({ url, account: values.account }),
  });
  for (const { address, name, hardware } of devices) console.log(`${address}  ${name}  ${hardware}`);
  const words = await openWords(values.lang === 'en' ? 'en' : 'zh');
  console.log(words('report.found', { count: devices.length }));
  if (folder === undefined || file === null || devices.length === 0) return 0;
  mkdirSync(folder, { recursive: true });
  // Passwords will be written into it: for whoever ran this and nobody else.
  writeFileSync(file, deviceList(devices), { mode: 0o600 });
  console.log(words('report.foundList', { file }));
  return 0;
}
