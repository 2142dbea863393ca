import anyAscii from 'any-ascii';
import { isDeviceName } from '../../model/text/device-name.ts';

/** The most characters of a slug. */
const mostCharacters = 80;
/** The most bytes of a slug in UTF-8: file systems allow 255 for a name, and it may get a number and an extension. */
const mostBytes = 200;

/**
 * What is transliterated: alphabets, and symbols of no script. Other scripts keep their letters, because what those sound
 * like depends on the language (`日本` is not Chinese in a Japanese title), or is not in the text.
 */
const alphabets =
  /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Georgian}\p{scx=Common}\p{Script=Inherited}]+/gu;

/**
 * The name of a file for a title: lower case, with `-` between words, in ASCII if its alphabet can be transliterated
 * (`Zażółć` is `zazolc`, `🚀` is `rocket`), and otherwise in its own letters. At most 80 characters and 200 bytes, and a
 * valid file name on every system. `''` if nothing is left.
 */
export function slugOf(text: string): string {
  const words = text
    .slice(0, 400)
    .normalize('NFKC')
    .replace(alphabets, (run) => anyAscii(run))
    .toLowerCase()
    .normalize('NFC')
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/(^|-)\p{M}+/gu, '$1');
  const slug = shortened(words.replace(/^-+/, '')).replace(/-+$/, '');
  // Windows reserves some names for devices, and README is for people.
  return isDeviceName(slug) || slug === 'readme' ? `${slug}-entry` : slug;
}

function shortened(words: string): string {
  let length = 0;
  let bytes = 0;
  for (const [at, character] of Array.from(words).entries()) {
    bytes += Buffer.byteLength(character);
    if (at === mostCharacters || bytes > mostBytes) return words.slice(0, length);
    length += character.length;
  }
  return words;
}

/**
 * Why somebody's own slug cannot be the name of an entry's file, and what to do, as the rest of a sentence that begins
 * with the slug; `null` if it can. Its spelling may still change, as that of a title does.
 */
export function slugFault(slug: string): string | null {
  if (/[/\\]/.test(slug))
    return 'is the name of a file, not a path: leave out "/" and "\\". The file is put into the folder of its kind';
  if (/[\p{Cc}\p{Cf}\p{Surrogate}\p{Zl}\p{Zp}]/u.test(slug))
    return 'contains characters that cannot be seen: remove control characters and marks of the writing direction';
  if (/^[._]/.test(slug))
    return 'begins with "." or "_", and such files are no entries: begin with a letter or a digit';
  if (/^\s|[\s.]$/u.test(slug))
    return 'begins with a space, or ends with a space or ".", which Windows cannot store: remove that';
  if (isDeviceName(slug)) return 'is the name of a device on Windows: choose another';
  if (/^readme$/i.test(slug))
    return 'is the name of a file for people, not of an entry: choose another';
  if (Array.from(slug).length > mostCharacters || Buffer.byteLength(slug) > mostBytes)
    return `is longer than ${mostCharacters} characters or ${mostBytes} bytes: choose a shorter one`;
  return slugOf(slug) === '' ? 'has no letter or digit: give it one' : null;
}
