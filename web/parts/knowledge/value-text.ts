import { texts } from '../../texts/index.ts';

/** A value of a field as a person reads it: lists with commas, objects as JSON; `undefined` is no value. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null || value === '') return texts.conflicts.nothing;
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every(isScalar)) return value.map(String).join(', ');
  return typeof value === 'object' ? JSON.stringify(value, null, 2) : JSON.stringify(value);
}

/** Whether a value fits into a sentence. */
export function isShort(value: unknown): boolean {
  const text = valueText(value);
  return text.length <= 60 && !text.includes('\n');
}

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

/** A value as a person edits it: {@link fromEdited} makes a value of it again. */
export function toEdited(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

/**
 * The value that somebody wrote: text where a side is a text, otherwise JSON; nothing is no value. `like` are the values of the
 * sides. Throws `SyntaxError` if it is no JSON.
 */
export function fromEdited(text: string, like: readonly unknown[]): unknown {
  const isText = like.every((value) => value == null || typeof value === 'string');
  if (isText) return text;
  return text.trim() === '' ? null : (JSON.parse(text) as unknown);
}

/** The text of a paragraph that somebody wrote, with the end of line that its sides have. */
export function asParagraph(text: string, like: readonly unknown[]): string {
  const ends = like.some((value) => typeof value === 'string' && value.endsWith('\n'));
  return ends && text !== '' && !text.endsWith('\n') ? `${text}\n` : text;
}
