/** What makes a monitor itself (VESA E-EDID 1.4, section 3). `serial` null = it does not tell one, so twins look alike. */
export type EdidIdentity = { readonly vendor: string; readonly product: string; readonly serial: string | null };

const header = '00ffffffffffff00';
const blockBytes = 128;
const descriptorOffsets = [54, 72, 90, 108];
/** Tag of the display descriptor that holds the serial number as text. */
const serialTag = 0xff;
/** Serial numbers that makers leave in every unit. */
const meaninglessSerials = new Set([0, 0x01010101, 0xffffffff]);

/** Reads the first block, given as hex; null when it is not there or not whole. */
export function parseEdid(hex: string): EdidIdentity | null {
  if (!hex.startsWith(header)) return null;
  const bytes = Buffer.from(hex, 'hex');
  if (bytes.length < blockBytes) return null;
  const letters = bytes.readUInt16BE(8);
  const vendor = [10, 5, 0].map((shift) => String.fromCharCode(64 + ((letters >> shift) & 31))).join('');
  const product = bytes.readUInt16LE(10).toString(16).padStart(4, '0').toUpperCase();
  const number = bytes.readUInt32LE(12);
  return { vendor, product, serial: serialText(bytes) ?? (meaninglessSerials.has(number) ? null : String(number)) };
}

/** 13 bytes of ASCII, ended by a line feed and filled up with spaces. */
function serialText(bytes: Buffer): string | null {
  for (const offset of descriptorOffsets) {
    const isDescriptor = bytes.readUInt16BE(offset) === 0;
    if (!isDescriptor || bytes[offset + 3] !== serialTag) continue;
    const text =
      bytes
        .toString('latin1', offset + 5, offset + 18)
        .split('\n')[0]
        ?.trim() ?? '';
    const isMeaningful = /[1-9A-Za-z]/.test(text);
    if (isMeaningful) return text.replace(/[^A-Za-z0-9._-]/g, '_');
  }
  return null;
}
