import type { EntryFields, JsonValue } from '../../model/knowledge/entry.ts';
import { headingsOf, type Heading } from '../markdown/headings.ts';

/** A variant that a prompt's front matter names. */
export interface Variant {
  name: string;
  /** What its heading says, if not the name. */
  heading: string | null;
}

/** A variant's text, and where it begins in the body; or why there is none. */
export type VariantText =
  | { kind: 'found'; name: string; text: string; start: number }
  | { kind: 'missing'; message: string }
  | { kind: 'broken'; message: string };

/**
 * The variants that a prompt's field `variants` names, in its order: `[short, long]`, or with headings of their own,
 * `[{ name: short, heading: In brief }]`. What is neither is left out.
 */
export function variantsOf({ variants }: EntryFields): Variant[] {
  if (!Array.isArray(variants)) return [];
  return variants.flatMap((item): Variant[] => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return named(item, null);
    return named(item.name, item.heading);
  });
}

function named(name: JsonValue | undefined, heading: JsonValue | undefined): Variant[] {
  const text = scalarText(name);
  return text === null ? [] : [{ name: text, heading: scalarText(heading) }];
}

function scalarText(value: JsonValue | undefined): string | null {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : null;
}

/**
 * The text of a variant: the section of the body below the heading with its name, up to the next heading of the same or a
 * higher level. Headings below it belong to it. It is given byte for byte, without the heading and without blank
 * lines at its beginning and end. See {@link headingKey} for which heading is meant.
 */
export function variantText(
  body: string,
  variants: readonly Variant[],
  asked: string,
): VariantText {
  const key = headingKey(asked);
  const variant = variants.find(({ name }) => name === asked.trim()) ?? variants.find(({ name }) => headingKey(name) === key); // prettier-ignore
  if (variant === undefined) return { kind: 'missing', message: noSuch(variants, asked) };
  const headings = headingsOf(body);
  const found = headings.filter((heading) => isOf(heading, variant));
  const [first, second] = found;
  if (first === undefined)
    return broken(
      variant,
      `no heading "${variant.heading ?? variant.name}", under which its text would be: add it`,
    );
  if (second !== undefined)
    return broken(
      variant,
      `more than one heading "${variant.heading ?? variant.name}", so it is not clear which is meant: rename one`,
    );
  const next = headings.find(({ level, start }) => start > first.start && level <= first.level);
  return { kind: 'found', name: variant.name, ...withoutBlankEnds(body, first.end, next?.start) };
}

function broken({ name }: Variant, why: string): VariantText {
  return {
    kind: 'broken',
    message: `The prompt names the variant "${name}", but its text has ${why}.`,
  };
}

function noSuch(variants: readonly Variant[], asked: string): string {
  const names = variants.map(({ name }) => `"${name}"`).join(', ');
  return variants.length === 0
    ? `The prompt has no variants, and so no "${asked}": its field "variants" would name them.`
    : `The prompt has no variant "${asked}". It has ${names}.`;
}

function isOf({ text }: Pick<Heading, 'text'>, { name, heading }: Variant): boolean {
  return headingKey(text) === headingKey(heading ?? name);
}

/**
 * What a heading and a variant's name have in common: without emphasis, code marks, a `Variant:` before and a colon after it,
 * in lower case, and with one `-` for each run of blanks, `-` and `_`. So `## **Very short**` and `## Variant: very_short` are
 * both the heading of `very-short`. A text that is too long for a name is only equal to itself.
 */
export function headingKey(text: string): string {
  if (text.length > longestName) return text;
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[*`~]/g, '')
    .replace(/^[\s_]*variant[\s_]*:/, '')
    .replace(/[\s_:]*$/, '')
    .replace(/[\s_-]+/g, '-')
    .replace(/^-/, '');
}

/** Some of the expressions take quadratic time. */
const longestName = 500;

/** The part of a text from `start` to `end` without blank lines at both ends; its last line keeps its line end. */
function withoutBlankEnds(
  text: string,
  start: number,
  end = text.length,
): { text: string; start: number } {
  const section = text.slice(start, end);
  const indent = section.length - section.trimStart().length;
  if (indent === section.length) return { text: '', start };
  const before = Math.max(section.lastIndexOf('\n', indent), section.lastIndexOf('\r', indent)) + 1;
  const kept = section.trimEnd().length;
  const lineEnd = /^[^\r\n]*(?:\r\n?|\n)?/.exec(section.slice(kept))?.[0] ?? '';
  return { text: section.slice(before, kept + lineEnd.length), start: start + before };
}
