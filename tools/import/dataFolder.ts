import { existsSync } from 'node:fs';
import path from 'node:path';
import { setDefaultCACertificates } from 'node:tls';
import { type DataFolder, runningPlatform, takeDataFolder } from '#platform/dataFolder.ts';

/** `npm start` keeps the platform's part in `platform/`; a platform that was started by itself has it in the folder itself. */
export function platformFolder(dataFolder: string): string {
  const found = [path.join(dataFolder, 'platform'), dataFolder].find((folder) => existsSync(path.join(folder, 'record.sqlite')));
  if (found === undefined)
    throw new Error(
      `No platform has been started with ${path.resolve(dataFolder)} yet. Run npm start once, or name its folder with --data.`,
    );
  return path.resolve(found);
}

/** Does the work on the folder itself when nobody runs on it, else asks the platform that does; a sentence when it is just changing. */
export async function onPlatform<Answer>({
  dataFolder,
  directly,
  overHttp,
}: {
  dataFolder: string;
  directly: (folder: DataFolder) => Promise<Answer>;
  overHttp: (url: string) => Promise<Answer>;
}): Promise<Answer> {
  const taken = takeDataFolder(dataFolder);
  if (taken !== null) return await directly(taken);
  const running = runningPlatform(dataFolder);
  if (running === null) throw new Error(`A platform is just starting or stopping on ${dataFolder}; try again in a moment.`);
  // It is on this machine and wrote the file itself: this process believes nobody else.
  if (running.authority !== undefined) setDefaultCACertificates([running.authority]);
  return await overHttp(running.url);
}
