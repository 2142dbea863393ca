import { isDeepStrictEqual } from 'node:util';
import { isScalar } from 'yaml';
import type { ParsedNode } from 'yaml';
import type { EntryFields, JsonValue } from '../../model/knowledge/entry.ts';
import { compareLists } from '../merge/compare-lists.ts';
import { flowSplices } from './splice-flow.ts';
import { colonOf, columnOf, dashesOf, itemSplices, lineRemoval } from './splice-lines.ts';
import { scalarSplice } from './splice-scalar.ts';
import {
  endOf,
  isBlockScalar,
  isFirstInLine,
  isLastInLine,
  isMapNode,
  isSeqNode,
  lineStart,
  nextLine,
  pairEnd,
  Refusal,
  requirePlain,
  type MapNode,
  type PairNode,
  type SeqNode,
  type Splice,
} from './splice.ts';
import { scalarKey, type YamlDocument } from './yaml-document.ts';
import { blockText, flowText, keyText, pairText, type YamlStyle } from './yaml-text.ts';

/** The position of a value. */
interface ValueSlot {
  /** The offset after the colon or the dash. `null` inside brackets. */
  lead: number | null;
  /** The column of the key or the dash. */
  column: number;
  /** Whether the value follows a dash instead of a key. */
  isItem: boolean;
}

const inFlow: ValueSlot = { lead: null, column: 0, isItem: false };

/**
 * Finds the pieces of front matter to replace when fields change: only the values that differ, at the deepest
 * level at which they differ. Throws {@link Refusal}.
 */
export class FieldSplicer {
  readonly splices: Splice[] = [];
  readonly #source: string;
  readonly #document: YamlDocument;
  readonly #style: YamlStyle;

  constructor(source: string, document: YamlDocument, style: YamlStyle) {
    this.#source = source;
    this.#document = document;
    this.#style = style;
  }

  /** Changes the front matter to have exactly these fields. */
  splice(fields: EntryFields): void {
    const { root } = this.#document;
    if (root !== null) {
      this.#map(root, fields, null);
      return;
    }
    const end = this.#source.length;
    for (const [key, value] of Object.entries(fields))
      this.#add(end, end, pairText(key, value, 0, this.#style) + this.#style.lineEnd);
  }

  #value(node: ParsedNode, value: JsonValue, slot: ValueSlot): void {
    if (isDeepStrictEqual(this.#document.valueOf(node), value)) return;
    this.#requirePlain(node, false);
    if (isMapNode(node) && isObject(value)) this.#map(node, value, slot);
    else if (isSeqNode(node) && Array.isArray(value)) this.#list(node, value, slot);
    else this.#whole(node, value, slot);
  }

  /** Replaces a value by one of another type. */
  #whole(node: ParsedNode, value: JsonValue, slot: ValueSlot): void {
    this.#requirePlain(node, true);
    const isCollection = typeof value === 'object' && value !== null;
    const isBlock = (isMapNode(node) || isSeqNode(node)) && node.flow !== true;
    if (isBlock) this.#replaceBlock(node, value, slot);
    else if (isScalar(node) && !isCollection)
      this.splices.push(
        scalarSplice(this.#source, node, value, {
          style: this.#style,
          inFlow: slot.lead === null,
          indent: slot.column + 2,
        }),
      );
    else if (isCollection && this.#opensBlock(node, value, slot)) {
      const text = blockText(value, slot.column, this.#style);
      this.#add(slot.lead ?? 0, node.range[1], text);
    } else if (isScalar(node))
      this.splices.push(
        scalarSplice(this.#source, node, value, {
          style: this.#style,
          inFlow: slot.lead === null,
          indent: slot.column + 2,
        }),
      );
    else
      this.#add(
        node.range[0],
        node.range[1],
        flowText(value, this.#style, 'plain', slot.lead === null),
      );
  }

  /**
   * Whether to write the value on lines below the key instead of in brackets after it: for objects, and if
   * there was no value before.
   */
  #opensBlock(node: ParsedNode, value: JsonValue[] | EntryFields, slot: ValueSlot): boolean {
    if (slot.lead === null || slot.isItem || isBlockScalar(node)) return false;
    const isEmpty = Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0;
    if (isEmpty || !isLastInLine(this.#source, node.range[1])) return false;
    if (!/^[ \t]*$/.test(this.#source.slice(slot.lead, node.range[0]))) return false;
    const isOfScalars = Array.isArray(value) && value.every((item) => !isCollectionValue(item));
    return !isOfScalars || node.range[0] === node.range[1];
  }

  #replaceBlock(node: ParsedNode, value: JsonValue, { lead }: ValueSlot): void {
    const text = flowText(value, this.#style, 'plain', false);
    const start = node.range[0];
    const end = endOf(node, this.#source);
    if (
      lead !== null &&
      isFirstInLine(this.#source, start) &&
      lead < lineStart(this.#source, start)
    ) {
      this.#add(lead, lead, ` ${text}`);
      this.#add(lineStart(this.#source, start), nextLine(this.#source, end), '');
    } else {
      const own = this.#source.slice(start, end);
      this.#add(start, end, text + (/\r?\n$/.exec(own)?.[0] ?? ''));
    }
  }

  #map(node: MapNode, value: EntryFields, slot: ValueSlot | null): void {
    this.#requirePlain(node, false);
    const present = new Set(node.items.map(({ key }) => scalarKey(key)));
    const removed = node.items.filter(({ key }) => !Object.hasOwn(value, scalarKey(key) ?? ''));
    const added = Object.entries(value).filter(([key]) => !present.has(key));
    for (const { value: of } of removed) this.#requirePlain(of, true);
    const loosesAll = removed.length === node.items.length;
    if (node.flow === true) this.#flowMap(node, value, removed, added);
    else if (slot !== null && loosesAll) this.#whole(node, added.length > 0 ? value : {}, slot);
    else {
      for (const pair of removed) this.#removePair(node, pair);
      for (const pair of node.items) if (!removed.includes(pair)) this.#blockPair(pair, value);
      this.#appendPairs(node, added);
    }
  }

  #blockPair({ key, value: node, ...pair }: PairNode, fields: EntryFields): void {
    const value = fields[scalarKey(key) ?? ''] ?? null;
    if (isDeepStrictEqual(this.#document.valueOf(node), value)) return;
    const colon = colonOf(pair);
    if (node === null || colon === null)
      throw new Refusal('This key has no colon: edit the text.', key.range[0]);
    this.#value(node, value, {
      lead: colon + 1,
      column: columnOf(this.#source, key.range[0]),
      isItem: false,
    });
  }

  #appendPairs(node: MapNode, added: [string, JsonValue][]): void {
    const [first, last] = [node.items[0], node.items.at(-1)];
    if (added.length === 0 || first === undefined || last === undefined) return;
    const column = columnOf(this.#source, first.key.range[0]);
    const at = nextLine(this.#source, pairEnd(last, this.#source));
    for (const [key, value] of added)
      this.#add(
        at,
        at,
        ' '.repeat(column) + pairText(key, value, column, this.#style) + this.#style.lineEnd,
      );
  }

  #removePair(node: MapNode, pair: PairNode): void {
    const next = node.items[node.items.indexOf(pair) + 1];
    this.splices.push(
      lineRemoval(this.#source, {
        start: pair.key.range[0],
        end: pairEnd(pair, this.#source),
        next: next?.key.range[0] ?? null,
      }),
    );
  }

  #flowMap(
    node: MapNode,
    value: EntryFields,
    removed: PairNode[],
    added: [string, JsonValue][],
  ): void {
    for (const { key, value: of } of node.items) {
      const name = scalarKey(key) ?? '';
      const next = value[name];
      if (next === undefined || !Object.hasOwn(value, name)) continue;
      if (isDeepStrictEqual(this.#document.valueOf(of), next)) continue;
      if (of === null) throw new Refusal('This key has no colon: edit the text.', key.range[0]);
      this.#value(of, next, inFlow);
    }
    const spans = node.items.map((pair) => ({
      start: pair.key.range[0],
      end: pairEnd(pair, this.#source),
      isKept: !removed.includes(pair),
    }));
    const texts = added.map(
      ([key, of]) => `${keyText(key, this.#style)}: ${flowText(of, this.#style)}`,
    );
    this.splices.push(
      ...flowSplices(this.#source, { ...inBrackets(node), spans, after: spans.length - 1, texts }),
    );
  }

  #list(node: SeqNode, value: JsonValue[], slot: ValueSlot): void {
    const old = node.items.map((item) => this.#document.valueOf(item));
    if (value.length === 0 && node.flow !== true) {
      this.#whole(node, [], slot);
      return;
    }
    const { prefix, common, removed, added } = compareLists(old, value);
    for (let at = prefix; at < prefix + removed; at += 1)
      this.#requirePlain(node.items[at + common] ?? null, true);
    const after = prefix + common - 1;
    const dashes = node.flow === true ? [] : dashesOf(node);
    for (let at = prefix; at < prefix + common; at += 1) {
      const item = node.items[at];
      const dash = dashes[at];
      if (!item)
        throw new Refusal(
          'This item cannot be separated from its list: edit the text.',
          node.range[0],
        );
      const itemSlot =
        dash === undefined
          ? inFlow
          : { lead: dash + 1, column: columnOf(this.#source, dash), isItem: true };
      this.#value(item, value[at] ?? null, itemSlot);
    }
    const goes = (at: number) => at > after && at <= after + removed;
    const texts = value.slice(after + 1, after + 1 + added);
    if (node.flow === true) {
      const spans = node.items.map((item, at) => ({
        start: item.range[0],
        end: endOf(item, this.#source),
        isKept: !goes(at),
      }));
      this.splices.push(
        ...flowSplices(this.#source, {
          ...inBrackets(node),
          spans,
          after,
          texts: texts.map((item) => flowText(item, this.#style)),
        }),
      );
    } else {
      const change = { node, dashes, goes, after, texts };
      this.splices.push(...itemSplices(this.#source, change, this.#style));
    }
  }

  #requirePlain(node: ParsedNode | null, deep: boolean): void {
    requirePlain(node, this.#document.referred, deep);
  }

  #add(start: number, end: number, text: string): void {
    this.splices.push({ start, end, text });
  }
}

function inBrackets({ range: [start, end] }: MapNode | SeqNode): { start: number; end: number } {
  return { start, end };
}

function isObject(value: JsonValue): value is EntryFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCollectionValue(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null;
}
