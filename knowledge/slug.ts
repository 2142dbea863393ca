/** Letters that do not come apart into an ASCII letter and a mark. */
const letters: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** Names that Windows keeps for devices, and those that mean something in a folder. */
const reserved = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9]|readme)$/;

/**
 * A text as a file's name without its extension: lower-case ASCII letters, digits and single hyphens, 1 to 80 characters,
 * safe on every file system. `''` where nothing of the text can be written so.
 */
export function slugOf(text: string): string {
  const slug = text
    .slice(0, 1_000)
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[ßæœøłđðþı]/g, (letter) => letters[letter] ?? '')
    .replace(/\p{M}|['’]/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, 80)
    .replace(/-$/, '');
  return reserved.test(slug) ? `the-${slug}` : slug;
}
