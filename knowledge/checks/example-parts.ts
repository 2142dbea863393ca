import type { Token } from 'markdown-it';
import { lineStarts } from '../markdown/blocks.ts';
import type { ExampleSpan } from './example-sections.ts';

/** A part of an example: what follows its label. */
export interface ExamplePart {
  label: 'values' | 'input' | 'expected';
  /** What is in the label's own paragraph after it. */
  first: string;
  blocks: Token[];
  /** Where what follows that paragraph begins and ends in the text. */
  start: number;
  end: number;
}

/** Divides the examples of a text, asked for in their order, into their parts. In total it takes linear time. */
export class ExampleParts {
  readonly #blocks: readonly Token[];
  readonly #starts: readonly number[];
  #next = 0;

  constructor(text: string, blocks: readonly Token[]) {
    this.#blocks = blocks;
    this.#starts = lineStarts(text);
  }

  /** The parts of an example; what is before the first label is in none. */
  of({ heading, end }: ExampleSpan): ExamplePart[] {
    const parts: ExamplePart[] = [];
    const [first, after] = [this.lineAt(heading.end), this.lineAt(end)];
    for (; this.#next < this.#blocks.length; this.#next++) {
      const block = this.#blocks[this.#next];
      if (block?.map == null) continue;
      const [line, below] = block.map;
      if (line >= after) break;
      if (line < first) continue;
      const part = parts.at(-1);
      const label = block.type === 'inline' && block.level === 1 ? labelOf(block.content) : null;
      if (label === null) part?.blocks.push(block);
      else {
        // The label's own paragraph was begun by the block before.
        part?.blocks.pop();
        if (part !== undefined) part.end = this.#starts[line] ?? end;
        parts.push({ ...label, blocks: [], start: this.#starts[below] ?? end, end });
      }
    }
    return parts;
  }

  /** The line at an offset, counted from 0; at the end of the text, the one after the last. */
  lineAt(offset: number): number {
    let [low, high] = [0, this.#starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? Infinity) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** `Expected:`, also with emphasis, and perhaps with words after it. */
function labelOf(paragraph: string): Pick<ExamplePart, 'label' | 'first'> | null {
  const [start, label] = /^[*_]{0,3}(values|input|expected)[*_]{0,3}:[*_]{0,3}(?=\s|$)/i.exec(paragraph) ?? []; // prettier-ignore
  if (start === undefined || label === undefined) return null;
  const first = paragraph.slice(start.length).trim();
  return { label: label.toLowerCase() as ExamplePart['label'], first };
}
