import { existsSync } from 'node:fs';
import path from 'node:path';

/** `npm start` keeps the platform's part in `platform/`; a platform that was started by itself has it in the folder itself. Null: neither. */
export function findPlatformFolder(dataFolder: string): string | null {
  const found = [path.join(dataFolder, 'platform'), dataFolder].find((folder) => existsSync(path.join(folder, 'record.sqlite')));
  return found === undefined ? null : path.resolve(found);
}
