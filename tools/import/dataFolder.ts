import { existsSync } from 'node:fs';
import path from 'node:path';

/** `npm start` keeps the platform's part in `platform/`; a platform that was started by itself has it in the folder itself. */
export function platformFolder(dataFolder: string): string {
  const found = [path.join(dataFolder, 'platform'), dataFolder].find((folder) => existsSync(path.join(folder, 'record.sqlite')));
  if (found === undefined)
    throw new Error(
      `No platform has been started with ${path.resolve(dataFolder)} yet. Run npm start once, or name its folder with --data.`,
    );
  return path.resolve(found);
}
