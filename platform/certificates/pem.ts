import { createPrivateKey, X509Certificate } from 'node:crypto';

/** The certificates of a PEM text in their order; throws a sentence when one of them cannot be read, or there is none. */
export function certificatesIn({ text, file }: { text: string; file: string }): readonly X509Certificate[] {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) throw new Error(`${file} holds no certificate (PEM, "BEGIN CERTIFICATE").`);
  return blocks.map((block, index) => {
    try {
      return new X509Certificate(block);
    } catch (error) {
      throw new Error(`Certificate ${index + 1} of ${file} cannot be read.`, { cause: error });
    }
  });
}

/** The private key of a PEM text; throws a sentence when there is none, or it needs a password. */
export function privateKeyIn({ text, file }: { text: string; file: string }) {
  try {
    return createPrivateKey(text);
  } catch (error) {
    const isLocked = /ENCRYPTED/.test(text);
    throw new Error(
      isLocked
        ? `The key in ${file} is locked with a password: give it without one, in a file that only the platform may read (0600).`
        : `${file} holds no private key that can be read (PEM, "BEGIN PRIVATE KEY").`,
      { cause: error },
    );
  }
}
