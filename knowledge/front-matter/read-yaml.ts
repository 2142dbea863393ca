import { isDeepStrictEqual } from 'node:util';
import matter from 'gray-matter';
import type { JsonSchema } from '../../model/knowledge/entry.ts';
import { otherEngines } from './front-matter.ts';
import { indentContinued, type Indented } from './indent-continued.ts';
import { BadYaml, parseYaml, type YamlDocument } from './yaml-document.ts';

/** Front matter that was read, strictly or not. */
export interface ReadYaml extends YamlDocument {
  /** What the offsets of the nodes refer to: the front matter, with its continued lines indented. */
  indented: string;
  /** The offset in the front matter for one in {@link indented}. */
  originalOf: (offset: number) => number;
  /** The offset of the first line that should be indented. `null` if all are as they should be. */
  continued: number | null;
}

/** What to do about a line that continues a value too far left. */
export const indentTheLine =
  'Indent the continued line: it belongs to the value before it, so it must be further right than its key.';

/**
 * Parses front matter like {@link parseYaml}, and in addition what js-yaml (which is behind gray-matter and many site
 * generators) and PyYAML read, but YAML does not allow: a quoted text, or a list or map in brackets, that continues at
 * the start of a line. Such lines are indented before they are parsed, and js-yaml must read the same with and without
 * that. Throws {@link BadYaml}.
 */
export function readYaml(source: string, schema: JsonSchema | null): ReadYaml {
  try {
    const strict = parseYaml(source, schema);
    return { ...strict, indented: source, originalOf: (offset) => offset, continued: null };
  } catch (error) {
    if (!(error instanceof BadYaml)) throw error;
    const read = readIndented(source, indentContinued(source), schema);
    if (read === null) throw error;
    return read;
  }
}

function readIndented(
  source: string,
  indented: Indented | null,
  schema: JsonSchema | null,
): ReadYaml | null {
  if (indented === null) return null;
  const { text, first, originalOf } = indented;
  let document: YamlDocument;
  try {
    document = parseYaml(text, schema);
  } catch (error) {
    if (error instanceof BadYaml) return null;
    throw error;
  }
  if (!isSameToOthers(source, text)) throw new BadYaml(indentTheLine, first);
  return { ...document, indented: text, originalOf, continued: first };
}

/** Whether js-yaml reads both as the same. The second one has been parsed, so its size and its aliases are bounded. */
function isSameToOthers(one: string, other: string): boolean {
  try {
    return isDeepStrictEqual(dataOf(one), dataOf(other));
  } catch {
    // js-yaml throws for what it cannot read, and a RangeError for what is nested too deeply.
    return false;
  }
}

function dataOf(yaml: string): unknown {
  return matter(`---\n${yaml}---\n`, { language: 'yaml', engines: otherEngines }).data;
}
