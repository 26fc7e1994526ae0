import { X509Certificate } from 'node:crypto';

type Language = 'zh' | 'en';

const words = {
  zh: {
    authority: '签发机构',
    fingerprint: '指纹 SHA-256',
    valid: '有效期至',
    server: '平台证书',
    none: '尚未签发（平台以 --tls 启动时签发并自动续期）',
    names: '适用地址',
    file: '证书文件',
    compare: '把指纹告诉首次连接的工位核对，或把证书文件交给它们（--platform-ca）。私钥 tls-authority-key.pem 不得外传。',
  },
  en: {
    authority: 'Authority',
    fingerprint: 'Fingerprint, SHA-256',
    valid: 'Valid to',
    server: 'Server',
    none: 'none yet (the platform makes and renews it when it is started with --tls)',
    names: 'For',
    file: 'File',
    compare:
      'Tell the fingerprint to desks that come for the first time, or hand them the file (--platform-ca). The key tls-authority-key.pem is for nobody.',
  },
} as const;

/** What there is, for people to read and compare. */
export function certificateLines({
  authority,
  server,
  files,
  language,
}: {
  authority: string;
  server: string | null;
  files: { readonly authority: string; readonly exported: string | null };
  language: Language;
}): readonly string[] {
  const said = words[language];
  const signer = new X509Certificate(authority);
  const own = server === null ? null : new X509Certificate(server);
  return [
    `${said.authority}: ${nameOf(signer)}`,
    `${said.fingerprint}: ${signer.fingerprint256}`,
    `${said.valid}: ${dayOf(signer)}`,
    `${said.file}: ${files.exported ?? files.authority}`,
    ...(own === null
      ? [`${said.server}: ${said.none}`]
      : [`${said.server}: ${said.valid} ${dayOf(own)}`, `${said.names}: ${own.subjectAltName ?? ''}`]),
    said.compare,
  ];
}

function nameOf({ subject }: X509Certificate): string {
  return /^CN=(.*)$/m.exec(subject)?.[1] ?? subject;
}

function dayOf({ validToDate }: X509Certificate): string {
  return validToDate.toISOString().slice(0, 10);
}
