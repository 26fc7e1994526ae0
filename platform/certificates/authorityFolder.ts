import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { KeyPair } from './makeCertificates.ts';

/** The county's own authority on disk, and the server's certificate that it signed. Keys are readable by their owner alone. */
export type AuthorityFolder = {
  /** Where the authority's certificate lies, without its key. */
  readonly certificateFile: string;
  /** Null = there is none yet. Throws a sentence when only half of it is there. */
  readAuthority(): KeyPair | null;
  writeAuthority(authority: KeyPair): void;
  readServer(): KeyPair | null;
  writeServer(server: KeyPair): void;
  /** Puts the authority aside, with its time in the name; nothing is thrown away. */
  setAside(nowMs: number): void;
};

/** Files of the platform's data folder itself, so that a backup takes them like all others. */
export function openAuthorityFolder(dataFolder: string): AuthorityFolder {
  const inside = (name: string) => path.join(dataFolder, name);
  const [certificateFile, keyFile, serverFile] = [inside('tls-authority.pem'), inside('tls-authority-key.pem'), inside('tls-server.pem')];
  const write = ({ file, text, mode }: { file: string; text: string; mode: number }) => {
    mkdirSync(dataFolder, { recursive: true });
    writeFileAtomic.sync(file, text, { mode });
  };
  return {
    certificateFile,
    readAuthority() {
      if (!existsSync(certificateFile)) return null;
      if (!existsSync(keyFile))
        throw new Error(
          `${certificateFile} is there without ${keyFile}: put the key back from a backup, or make a new authority with npm run certificates -- --new-authority.`,
        );
      return { certificate: readFileSync(certificateFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
    },
    writeAuthority({ certificate, key }) {
      // The key first: a certificate without its key would look like an authority that lost it.
      write({ file: keyFile, text: key, mode: 0o600 });
      write({ file: certificateFile, text: `${certificate.trimEnd()}\n`, mode: 0o644 });
    },
    readServer() {
      if (!existsSync(serverFile)) return null;
      const text = readFileSync(serverFile, 'utf8');
      return { certificate: text, key: text };
    },
    // One file, so that key and certificate are never of two makings.
    writeServer: ({ certificate, key }) => write({ file: serverFile, text: `${key.trimEnd()}\n${certificate.trimEnd()}\n`, mode: 0o600 }),
    setAside(nowMs) {
      const suffix = `before-${new Date(nowMs).toISOString().replaceAll(':', '-')}`;
      for (const file of [certificateFile, keyFile, serverFile]) if (existsSync(file)) renameSync(file, `${file}.${suffix}`);
    },
  };
}
