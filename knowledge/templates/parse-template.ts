import { lineAt } from '../front-matter/front-matter.ts';
import { lineOfTag, tagsIn, type Tag, type TagKind } from './tags.ts';

/** A part of a template. */
export type Part =
  string | { kind: 'value'; name: string; written: string; line: number } | Section;

/** Parts that are there once, several times, or not at all. */
export interface Section {
  kind: Exclude<TagKind, 'value' | 'close' | 'else'>;
  name: string;
  written: string;
  line: number;
  parts: Part[];
  /** What is there instead (`{{else}}`). */
  otherwise: Part[];
}

/** What cannot be understood in a template. */
export interface TemplateFault {
  /** In the text that is filled, counted from 1. */
  line: number;
  message: string;
}

/** Deeper sections than this are nobody's intention. */
const deepest = 20;
/** All that are open are looked at for each tag. */
const mostOpen = 100;

/** The section that is being read; those around it are further down. */
interface Open {
  tag: Tag;
  /** `null` for `{{#if …}}` of something that is no variable, which is text as its end is. */
  section: Section | null;
  into: Part[];
}

/**
 * The parts of a text in which these names are variables. Whatever else is in braces is text; inside a section, `{{name}}`
 * may also be a field of the list's items, which only filling can tell.
 */
export function parseTemplate(
  text: string,
  isVariable: (name: string, isSingle: boolean) => boolean,
): { parts: Part[]; faults: TemplateFault[] } {
  const parts: Part[] = [];
  const faults: TemplateFault[] = [];
  const open: Open[] = [];
  let copied = 0;
  let lines = { at: 0, line: 1 };

  const into = () => open.findLast(({ section }) => section !== null)?.into ?? parts;
  const depth = () => open.filter(({ section }) => section !== null).length;

  for (const tag of tagsIn(text)) {
    if (tag.kind === 'value') readValue(tag);
    else if (tag.kind === 'close') readClose(tag);
    else if (tag.kind === 'else') readElse(tag);
    else readOpen({ ...tag, kind: tag.kind });
    if (faults.length > 0) break;
  }
  push(text.slice(copied));
  const left = open.findLast(({ section }) => section !== null);
  if (left && faults.length === 0)
    fault(left.tag, `${left.tag.written} is not closed: add {{/${closing(left.tag)}}}`);
  return { parts, faults };

  function readValue(tag: Tag): void {
    const isKnown = isVariable(tag.name, tag.isSingle);
    const mayBeField = !tag.isSingle && depth() > 0 && !/^[>!=]/.test(tag.name);
    if (isKnown ? isMeantAsIs(tag) : !mayBeField || tag.backslashes > 0) return;
    const { name, written } = tag;
    take(tag, { start: tag.start + tag.backslashes, end: tag.end });
    into().push({ kind: 'value', name, written, line: lineOf(tag) });
  }

  function readOpen(tag: Tag & { kind: Section['kind'] }): void {
    const { kind, name, written } = tag;
    if (!isVariable(name, false)) {
      const isWord = /^(?:if|unless|each)$/.test(kind);
      if (tag.backslashes === 0 && isWord && open.length < mostOpen)
        open.push({ tag, section: null, into: [] });
      return;
    }
    if (isMeantAsIs(tag)) return;
    take(tag);
    if (depth() === deepest) fault(tag, `${written} is more than ${deepest} sections deep`);
    const section = { kind, name, written, line: lineOf(tag), parts: [], otherwise: [] };
    into().push(section);
    open.push({ tag, section, into: section.parts });
  }

  function readElse(tag: Tag): void {
    const last = open.at(-1);
    if (last?.section == null || isMeantAsIs(tag)) return;
    take(tag);
    if (last.into === last.section.otherwise) fault(tag, `{{else}} is there twice in ${last.tag.written}`); // prettier-ignore
    last.into = last.section.otherwise;
  }

  function readClose(tag: Tag): void {
    const { name } = tag;
    const isWord = /^(?:if|unless|each)$/.test(name) && !isVariable(name, false);
    const at = open.findLastIndex((one) => closing(one.tag) === name);
    if (at === -1) {
      // `{{/if}}` alone may be prose; the end of a variable's section cannot be.
      if (!isWord && isVariable(name, false) && !isMeantAsIs(tag))
        fault(tag, `${tag.written} closes what is not open`);
      return;
    }
    const inside = open.slice(at + 1).find(({ section }) => section !== null);
    if (open[at]?.section == null) {
      if (inside === undefined) open.length = at;
      return;
    }
    if (isMeantAsIs(tag)) return;
    if (inside) fault(tag, `${tag.written} comes before ${inside.tag.written} is closed`);
    take(tag);
    open.length = at;
  }

  /** A tag with one backslash is text without it. */
  function isMeantAsIs(tag: Tag): boolean {
    if (tag.backslashes !== 1) return false;
    push(text.slice(copied, tag.start));
    copied = tag.start + 1;
    return true;
  }

  /** Takes the text up to a tag, and goes on after it. */
  function take(tag: Tag, place = tag.backslashes === 0 ? lineOfTag(text, tag) : tag): void {
    // Of two backslashes one stays.
    const kept = tag.backslashes === 2 ? tag.start + 1 : Math.max(place.start, copied);
    push(text.slice(copied, kept));
    copied = place.end;
  }

  function push(piece: string): void {
    if (piece !== '') into().push(piece);
  }

  function fault(tag: Tag, message: string): void {
    faults.push({ line: lineOf(tag), message: `${message}.` });
  }

  function lineOf({ start }: Tag): number {
    // The text before was counted already; counting it for each tag would take quadratic time.
    if (start < lines.at) return lineAt(text, start);
    lines = { at: start, line: lines.line + lineAt(text.slice(lines.at, start), start) - 1 };
    return lines.line;
  }
}

/** What the tag that closes a section says. */
function closing({ kind, name }: Tag): string {
  return kind === 'section' || kind === 'inverted' ? name : kind;
}
