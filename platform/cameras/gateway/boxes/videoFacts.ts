import type { BoxPlace } from './boxTree.ts';
import { boxesIn } from './boxTree.ts';

/** What an initialisation segment says of a picture's form, in the words of the standards. Null where it does not say. */
export type VideoFacts = { readonly codec: string; readonly profile: string | null; readonly level: string | null };

// A visual sample entry holds 78 bytes of fields before its boxes.
const sampleEntryBytes = 78;

/** Reads a visual sample entry with its configuration box. Throws RangeError past its end, like all readers of boxes. */
export function videoFacts(view: DataView, entry: BoxPlace): VideoFacts {
  const boxes = () => boxesIn(view, { start: entry.payload + sampleEntryBytes, end: entry.end });
  const configuration = (type: string) => boxes().find((box) => box.type === type);
  switch (entry.type) {
    case 'avc1':
    case 'avc3':
      return { codec: 'h264', ...h264Facts(view, configuration('avcC')) };
    case 'hvc1':
    case 'hev1':
      return { codec: 'hevc', ...hevcFacts(view, configuration('hvcC')) };
    case 'mp4v':
      return { codec: 'mpeg4', profile: null, level: null };
    case 'av01':
      return { codec: 'av1', profile: null, level: null };
    default:
      return { codec: entry.type.replaceAll(/\W/g, '') || 'unknown', profile: null, level: null };
  }
}

type Form = Pick<VideoFacts, 'profile' | 'level'>;
const unknownForm: Form = { profile: null, level: null };

// ITU-T H.264, A.2: profile_idc.
const h264Profiles = new Map([
  [66, 'Baseline'],
  [77, 'Main'],
  [88, 'Extended'],
  [100, 'High'],
  [110, 'High 10'],
  [122, 'High 4:2:2'],
  [244, 'High 4:4:4'],
]);
const constraint1 = 0x40;
const constraint3 = 0x10;

function h264Facts(view: DataView, avcC: BoxPlace | undefined): Form {
  if (avcC === undefined) return unknownForm;
  const [profile, constraints, level] = [1, 2, 3].map((at) => view.getUint8(avcC.payload + at)) as [number, number, number];
  const name = h264Profiles.get(profile) ?? null;
  const isConstrained = profile === 66 && (constraints & constraint1) !== 0;
  // A.3.1: level 1b is level 11 with constraint 3 in the older profiles.
  const is1b = level === 9 || (level === 11 && profile <= 88 && (constraints & constraint3) !== 0);
  return { profile: isConstrained ? 'Constrained Baseline' : name, level: is1b ? '1b' : levelOf(level / 10) };
}

// ITU-T H.265, A.3: general_profile_idc.
const hevcProfiles = new Map([
  [1, 'Main'],
  [2, 'Main 10'],
  [3, 'Main Still Picture'],
  [4, 'Range Extensions'],
]);

function hevcFacts(view: DataView, hvcC: BoxPlace | undefined): Form {
  if (hvcC === undefined) return unknownForm;
  const profile = view.getUint8(hvcC.payload + 1) & 0x1f;
  return { profile: hevcProfiles.get(profile) ?? null, level: levelOf(view.getUint8(hvcC.payload + 12) / 30) };
}

function levelOf(level: number): string | null {
  return level === 0 ? null : level.toFixed(1);
}
