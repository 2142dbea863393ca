import { blocksOf } from '../markdown/blocks.ts';
import { headingsOf } from '../markdown/headings.ts';

/** A slide of a deck, as far as a text can tell it. */
export interface Slide {
  /** `''` for what comes before the first heading. */
  title: string;
  /** Its paragraphs and further headings, a line each. */
  text: string;
  /** The items of its lists, in order; `level` is 0 for those that are in no other item. */
  bullets: { level: number; text: string }[];
  /** What the speaker says; `''` if there is nothing. */
  notes: string;
}

/** Lines that begin the notes of a slide, which go on to its end. */
const notesLine = /^ {0,3}[*_]{0,2}(?:speaker )?notes?(?::[*_]{0,2}|[*_]{1,2}:)/i;
const notesHeading = /^ {0,3}#{1,6}[ \t]+[*_]{0,2}(?:speaker )?notes?:?[*_]{0,2}:?[ \t#]*$/i;

/**
 * The slides of a text: each heading of the outermost level that it has begins one. `Notes:` on a line, or as a heading below
 * it, begins its notes.
 */
export function slideOutline(text: string): Slide[] {
  const headings = headingsOf(text);
  const outermost = Math.min(...headings.map(({ level }) => level));
  const begins = headings.filter(({ level }) => level === outermost);
  const slides = begins.map(({ text: title, end }, index) =>
    slideOf(title, text.slice(end, begins[index + 1]?.start)),
  );
  const before = slideOf('', text.slice(0, begins[0]?.start));
  const isEmpty = before.text === '' && before.bullets.length === 0 && before.notes === '';
  return isEmpty ? slides : [before, ...slides];
}

function slideOf(title: string, whole: string): Slide {
  const { shown, notes } = withoutNotes(whole);
  const text: string[] = [];
  const bullets: Slide['bullets'] = [];
  let level = -1;
  for (const { type, content } of blocksOf(shown)) {
    if (type === 'bullet_list_open' || type === 'ordered_list_open') level += 1;
    else if (type === 'bullet_list_close' || type === 'ordered_list_close') level -= 1;
    if (type !== 'inline' || content.trim() === '') continue;
    const line = content.split('\n').map((part) => part.trim()).join(' '); // prettier-ignore
    if (level === -1) text.push(line);
    else bullets.push({ level, text: line });
  }
  return { title, text: text.join('\n'), bullets, notes };
}

function withoutNotes(text: string): { shown: string; notes: string } {
  const lines = text.split(/\r?\n/);
  const at = lines.findIndex((line) => notesLine.test(line) || notesHeading.test(line));
  if (at === -1) return { shown: text, notes: '' };
  const first = (lines[at] ?? '').replace(notesHeading, '').replace(notesLine, '');
  const notes = [first, ...lines.slice(at + 1)].join('\n').trim();
  return { shown: lines.slice(0, at).join('\n'), notes };
}
