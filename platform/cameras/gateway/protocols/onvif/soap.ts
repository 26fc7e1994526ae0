import { createHash } from 'node:crypto';
import { granted, type Result, refused } from '#contract/values/index.ts';
import { scanXml, XmlRefused } from '../../../../xml/index.ts';
import type { Credentials } from '../../device/challenge.ts';

/** One element of an answer: its name without prefix, attributes asked by name, text, children. */
export type XmlElement = {
  readonly name: string;
  readonly attribute: (name: string) => string | null;
  readonly children: XmlElement[];
  text: string;
};

const maxElements = 20_000;

/** Reads an answer; documents that declare anything, or hold more elements than any device has to tell, are refused. */
export function readXml(bytes: Buffer): Result<XmlElement, 'cameras.onvifUnreadable'> {
  const root: XmlElement = { name: '', attribute: () => null, children: [], text: '' };
  const open = [root];
  let elements = 0;
  try {
    scanXml(bytes, {
      open(name, attribute) {
        elements += 1;
        if (elements > maxElements) throw new XmlRefused('xmlDamaged');
        const element: XmlElement = { name, attribute, children: [], text: '' };
        open.at(-1)?.children.push(element);
        open.push(element);
      },
      text(text) {
        const element = open.at(-1);
        if (element !== undefined) element.text += text;
      },
      close: () => void open.pop(),
    });
  } catch (error) {
    if (error instanceof XmlRefused) return refused('cameras.onvifUnreadable');
    throw error;
  }
  return granted(root);
}

/** All elements of a name below this one, in order. */
export function elementsOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...elementsOf(child, name)]);
}

/** The trimmed text at a path of names, each anywhere below the one before; null when there is none. */
export function textAt(element: XmlElement, ...path: readonly string[]): string | null {
  const found = path.reduce<XmlElement | undefined>((at, name) => (at === undefined ? at : elementsOf(at, name)[0]), element);
  return found === undefined ? null : found.text.trim();
}

/** Text as XML carries it. */
export function xmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

const wsse = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss';

/**
 * A WS-Security name token with a digest of the password (ONVIF core, "Authentication"). `createdAtMs` is in the device's own time: it
 * refuses tokens that are older or younger than some seconds.
 */
export function nameToken({ user, password }: Credentials, { nonce, createdAtMs }: { nonce: Buffer; createdAtMs: number }): string {
  const created = new Date(createdAtMs).toISOString();
  const digest = createHash('sha1')
    .update(Buffer.concat([nonce, Buffer.from(created), Buffer.from(password)]))
    .digest('base64');
  return (
    `<Security s:mustUnderstand="1" xmlns="${wsse}-wssecurity-secext-1.0.xsd"><UsernameToken><Username>${xmlText(user)}</Username>` +
    `<Password Type="${wsse}-username-token-profile-1.0#PasswordDigest">${digest}</Password>` +
    `<Nonce EncodingType="${wsse}-soap-message-security-1.0#Base64Binary">${nonce.toString('base64')}</Nonce>` +
    `<Created xmlns="${wsse}-wssecurity-utility-1.0.xsd">${created}</Created></UsernameToken></Security>`
  );
}

/** A SOAP 1.2 envelope. */
export function envelope({ header, body }: { header: string; body: string }): string {
  return (
    '<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope">' +
    `<s:Header>${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`
  );
}
