/** Letters that Unicode does not take apart into a plain one and a mark. */
const PLAIN: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', æ: 'ae', œ: 'oe', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };

/** No name is longer: its first bytes are not asked what the rest means. */
const LONGEST_NAME = 128;

/** A name in lower case without `_`, `-` and blanks: `First Name`, `first_name` and `firstName` are the same. */
export function normalizedName(name: string): string {
  const normalized = name.normalize('NFC').toLowerCase().replace(/[\s_-]+/g, '');
  return normalized === '' ? name : normalized;
}

/**
 * The words of a name in lower case, without accents, digits and the prefix of a namespace: `firstName`, `FIRST_NAME`, `first-name2` and
 * `c:First name` are `first` and `name`.
 */
export function wordsOfName(name: string): string[] {
  if (name.length > LONGEST_NAME) {
    return [];
  }
  const local = name.slice(name.lastIndexOf(':') + 1).replace(/['’]/g, '');
  if (/^[\0-\x7f]*$/.test(local)) {
    return (local.match(/[A-Z]*[a-z]+|[A-Z]+/g) ?? []).flatMap(capitalsApart);
  }
  return withoutAccents(local.replace(/(\p{Ll})(?=\p{Lu})|(\p{Lu})(?=\p{Lu}\p{Ll})/gu, '$1$2 ')).match(/\p{L}+/gu) ?? [];
}

/** `SSNumber` is two words: the last of several capitals starts the second. */
function capitalsApart(word: string): string[] {
  const capitals = /^[A-Z]*/.exec(word)![0].length;
  return capitals > 1 && capitals < word.length
    ? [word.slice(0, capitals - 1).toLowerCase(), word.slice(capitals - 1).toLowerCase()]
    : [word.toLowerCase()];
}

/** A text in lower case, its letters without accents. */
export function withoutAccents(text: string): string {
  const lower = text.toLowerCase();
  return /^[\0-\x7f]*$/.test(lower)
    ? lower
    : lower.normalize('NFD').replace(/\p{M}/gu, '').replace(/[ßøæœłđðþı]/g, letter => PLAIN[letter]);
}
