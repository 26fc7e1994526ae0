import { pinyin } from 'pinyin-pro';

/** Names that everybody around a person knows, in the spellings that passwords are made of: himself, his account, his county. */
export function passwordWords({
  account,
  name,
  county,
}: {
  account: string;
  name: string;
  county: { readonly name: string; readonly nameEn: string };
}): readonly string[] {
  const bare = county.name.replace(/[县市区旗]$/u, '');
  const chinese = [name, county.name, bare].filter((word) => word.length > 1);
  return [account, county.nameEn, ...chinese, ...chinese.map(spelled)];
}

function spelled(word: string): string {
  return pinyin(word, { toneType: 'none', type: 'array' }).join('');
}
