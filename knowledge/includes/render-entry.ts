import { lineEndOf } from '../front-matter/line-end.ts';
import {
  circular,
  malformed,
  renderLimits,
  tooDeep,
  tooMuch,
  type BrokenInclude,
  type NotIncluded,
  type Why,
} from './broken-include.ts';
import { textParts, type Include, type TextPart } from './text-parts.ts';

/** An entry whose text is rendered, or included. */
export interface RenderSource {
  space: string;
  id: string;
  /** The text after the front matter. */
  body: string;
  /** The line of its file at which the body begins, counted from 1. */
  bodyLine: number;
  /** Whether its kind has includes. If not, its text is what it is. */
  hasIncludes: boolean;
  /** The size of its file. */
  fileBytes: number;
}

/** Finds the entry that an include names, or says why it cannot be included. */
type Find<Source> = (space: string, id: string) => Promise<Source | NotIncluded>;

/** What {@link renderEntry} results in; `included` are the entries in the text, each once. */
export type RenderedEntry<Source> =
  | { kind: 'rendered'; text: string; included: Source[] }
  | { kind: 'broken'; broken: BrokenInclude[] };

/**
 * Renders an entry: its text, with the texts of the entries that it includes, and that those include. `find` is asked once
 * for each entry. Either everything is resolved, or all broken includes are listed (but none after one of the
 * {@link renderLimits} was reached).
 */
export async function renderEntry<Source extends RenderSource>(
  entry: Source,
  find: Find<Source>,
): Promise<RenderedEntry<Source>> {
  const rendering = new Rendering(entry, find);
  await rendering.write(entry, null);
  return rendering.result();
}

/** An include that is being written, and where it is. */
interface Step<Source> {
  include: Include;
  /** The blanks before each line of its text. */
  indent: string;
  /** The entry that has the line. */
  from: Source;
  /** The entries around it, from the rendered one to `from`. */
  around: readonly Source[];
}

class Rendering<Source extends RenderSource> {
  readonly #find: Find<Source>;
  readonly #lineEnd: string;
  readonly #found = new Map<string, Source | NotIncluded>();
  readonly #parts = new Map<Source, TextPart[]>();
  readonly #broken = new Map<string, BrokenInclude>();
  readonly #included = new Set<Source>();
  readonly #text: string[] = [];
  #bytes = 0;
  #bytesRead = 0;
  #includes = 0;
  #last: Step<Source> | null = null;
  #isFull = false;

  constructor(entry: Source, find: Find<Source>) {
    this.#find = find;
    this.#lineEnd = lineEndOf(entry.body);
    this.#found.set(keyOf(entry.space, entry.id), entry);
    // Its own text is given as it is.
    this.#parts.set(entry, partsOf(entry, entry.body));
  }

  result(): RenderedEntry<Source> {
    if (this.#broken.size > 0) return { kind: 'broken', broken: [...this.#broken.values()] };
    return { kind: 'rendered', text: this.#text.join(''), included: [...this.#included] };
  }

  /** Writes an entry's text; `step` is the include that it is written for. */
  async write(source: Source, step: Step<Source> | null): Promise<void> {
    for (const part of this.#partsOf(source)) {
      if (this.#isFull) return;
      if (typeof part !== 'string') {
        const indent = (step?.indent ?? '') + part.indent;
        const around = [...(step?.around ?? []), source];
        await this.#include({ include: part, indent, from: source, around });
      } else if (step === null) this.#push(part);
      else this.#pushIncluded(part, step.indent);
    }
  }

  async #include(step: Step<Source>): Promise<void> {
    this.#last = step;
    this.#includes += 1;
    if (this.#includes > renderLimits.includes) {
      this.#stop(`more than ${renderLimits.includes} includes`);
      return;
    }
    const found = await this.#resolve(step);
    if ('code' in found) this.#note(step, found);
    else if (this.#bytesRead > renderLimits.bytes) this.#stop('more than 1 MiB');
    else await this.#writeIncluded(found, step);
  }

  async #writeIncluded(found: Source, step: Step<Source>): Promise<void> {
    const { include, around } = step;
    this.#included.add(found);
    const before = this.#bytes;
    await this.write(found, step);
    // The line of an include without any text goes with it.
    if (this.#bytes === before || include.lineEnd === '') return;
    this.#push(around.length === 1 ? include.lineEnd : this.#lineEnd);
  }

  /** The entry that an include names, or why it cannot be there. */
  async #resolve({ include: { target }, from, around }: Step<Source>): Promise<Source | Why> {
    if (target === null) return malformed;
    const space = target.space ?? from.space;
    const key = keyOf(space, target.id);
    const known = this.#found.get(key);
    const found = known ?? (await this.#find(space, target.id));
    if (known === undefined) this.#found.set(key, found);
    if ('code' in found) return found;
    if (known === undefined) this.#bytesRead += found.fileBytes;
    if (around.includes(found)) return circular([...around.slice(around.indexOf(found)), found]);
    return around.length > renderLimits.depth ? tooDeep : found;
  }

  /** Adds lines of an included text, with the line end of the rendered entry. */
  #pushIncluded(text: string, indent: string): void {
    const lines = text.split(/\r?\n/);
    // Asked before it is made: a long indent times many lines is no text that there is memory for.
    if (this.#fits(indent.length * lines.filter((line) => line !== '').length))
      this.#push(lines.map((line) => (line === '' ? '' : indent + line)).join(this.#lineEnd));
  }

  #push(text: string): void {
    const bytes = Buffer.byteLength(text);
    if (!this.#fits(bytes)) return;
    this.#bytes += bytes;
    this.#text.push(text);
  }

  #fits(bytes: number): boolean {
    // Without any include, it is an entry as it is.
    if (this.#last === null || this.#bytes + bytes <= renderLimits.bytes) return true;
    this.#stop('more than 1 MiB');
    return false;
  }

  /** Ends it at the last include: what comes after that is not looked at. */
  #stop(what: string): void {
    this.#isFull = true;
    if (this.#last !== null) this.#note(this.#last, tooMuch(what));
  }

  #note({ include, from }: Step<Source>, why: Why): void {
    const { space, id, bodyLine } = from;
    const line = bodyLine + include.line - 1;
    // An entry that is included twice has the same broken include twice.
    const key = `${why.code} ${line} ${keyOf(space, id)}`;
    this.#broken.set(key, { ...why, space, id, line, include: include.written.slice(0, 300) });
  }

  #partsOf(source: Source): TextPart[] {
    const known =
      this.#parts.get(source) ?? withoutBlankStart(partsOf(source, source.body.trimEnd()));
    this.#parts.set(source, known);
    return known;
  }
}

function partsOf({ hasIncludes }: RenderSource, text: string): TextPart[] {
  return hasIncludes ? textParts(text) : [text];
}

/** The parts without blank lines at the beginning. */
function withoutBlankStart([first, ...rest]: TextPart[]): TextPart[] {
  if (typeof first !== 'string') return first === undefined ? [] : [first, ...rest];
  const blank = first.length - first.trimStart().length;
  const start = blank === first.length ? blank : first.lastIndexOf('\n', blank - 1) + 1;
  return [first.slice(start), ...rest];
}

function keyOf(space: string, id: string): string {
  return `${space}\n${id}`;
}
