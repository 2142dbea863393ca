import type { Node } from 'prosemirror-model';
import { cutBlocks, type Piece } from '../text/cut-blocks.ts';
import { says, writeFaithfully } from './faithful.ts';
import { joinBlocks, type WrittenBlock } from './join-blocks.ts';
import { layOver, ways } from './lay-over.ts';
import { readBlock } from './read-block.ts';
import { schema, sourceOf } from './schema.ts';
import { writeBlock } from './write-block.ts';

/** A piece of the file, with the block that it became. */
interface Source extends Piece {
  block: Node;
}

/**
 * A Markdown text that is open in the rich text editor. Each outermost block remembers which piece of the text it was read
 * from. A block that nobody touched goes back as that piece; one that somebody changed is written anew, and what was changed
 * is laid over the piece; a block that the rich view cannot show is edited as the source that it is.
 */
export class OpenedDocument {
  /** The document with which the editor begins. */
  readonly doc: Node;
  readonly #lead: string;
  readonly #sources: readonly Source[];
  readonly #lineEnd: string;

  constructor(text: string) {
    const { lead, pieces, definitions } = cutBlocks(text);
    this.#lead = lead;
    this.#lineEnd = usualLineEnd(text);
    this.#sources = pieces.map((piece, at) => {
      const plain = plainLines(piece.text);
      const read = piece.type === null ? null : readBlock(plain, definitions);
      return { ...piece, block: read === null ? sourceBlock(plain, at) : withSource(read, at) };
    });
    const blocks = this.#sources.map(({ block }) => block);
    this.doc = schema.node('doc', null, blocks.length > 0 ? blocks : [schema.node('paragraph')]);
  }

  /** The text of a document that was made of this one by edits. Of the document itself, it is the text byte for byte. */
  textOf(doc: Node): string {
    const claimed = new Set<number>();
    const written: WrittenBlock[] = [];
    doc.forEach((block) => {
      const at = sourceOf(block);
      const source = at === null ? undefined : this.#sources[at];
      if (at !== null && source?.block.eq(block) === true) {
        claimed.add(at);
        written.push({ ...source, at, tail: this.#tailOf(at) });
        return;
      }
      if (isNothing(block)) return;
      const isFirst = at !== null && !claimed.has(at);
      if (isFirst) claimed.add(at);
      const text = this.#written(block, isFirst ? source : undefined);
      if (text !== '')
        written.push({ block, text, tail: isFirst ? this.#tailOf(at) : null, at: null });
    });
    return this.#lead + joinBlocks(written, this.#sources, this.#lineEnd);
  }

  /** What comes after a piece; `null` after the last one, since that is the end of the file. */
  #tailOf(at: number): string | null {
    return at === this.#sources.length - 1 ? null : (this.#sources[at]?.tail ?? null);
  }

  /** A block that is new or was changed, with the line ends of the file. */
  #written(block: Node, source: Source | undefined): string {
    if (block.type === schema.nodes.source_block) return this.#asInFile(block.textContent);
    const plain = writeFaithfully(block) ?? writeBlock(block);
    const changed = this.#asInFile(plain);
    if (source === undefined || source.block.type === schema.nodes.source_block) return changed;
    const texts = {
      base: this.#asInFile(writeBlock(source.block)),
      changed,
      original: source.text,
    };
    for (const way of ways) {
      const laid = layOver(texts, way);
      if (laid !== null && says(plainLines(laid), block)) return laid;
    }
    return changed;
  }

  #asInFile(text: string): string {
    return this.#lineEnd === '\n' ? text : text.replaceAll('\n', this.#lineEnd);
  }
}

/** A paragraph without a text is nothing in Markdown. */
function isNothing({ type, childCount, textContent }: Node): boolean {
  const isBlank = textContent.trim() === '';
  return type === schema.nodes.source_block
    ? isBlank
    : type === schema.nodes.paragraph && childCount < 2 && isBlank;
}

function sourceBlock(text: string, source: number): Node {
  return schema.node('source_block', { source }, text === '' ? [] : [schema.text(text)]);
}

function withSource(block: Node, source: number): Node {
  return block.type.create({ ...block.attrs, source }, block.content, block.marks);
}

function plainLines(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n');
}

/** The line end that a text has most. */
function usualLineEnd(text: string): string {
  const all = text.match(/\r\n|\n/g) ?? [];
  return all.filter((end) => end === '\r\n').length * 2 > all.length ? '\r\n' : '\n';
}
