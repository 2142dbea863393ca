import type { Kind } from '../../model/knowledge/entry.ts';
import { findFrontMatter, lineAt } from './front-matter.ts';
import { BadJson, JsonDocument, offsetInJson } from './json-document.ts';
import { BadYaml, offsetOfPointer, parseYaml } from './yaml-document.ts';

/**
 * The line (counted from 1) of the field of an entry that a JSON Pointer refers to, or 1 if it cannot be
 * found.
 */
export function lineOfField(text: string, kind: Kind, pointer: string): number {
  try {
    if (kind.format === 'json')
      return lineAt(text, offsetInJson(new JsonDocument(text).root, pointer));
    const fences = findFrontMatter(text);
    if ('code' in fences) return 1;
    const { root } = parseYaml(text.slice(fences.start, fences.end), null);
    const offset = offsetOfPointer(root, pointer);
    return offset === null ? 1 : lineAt(text, fences.start + offset);
  } catch (error) {
    if (error instanceof BadYaml || error instanceof BadJson) return 1;
    throw error;
  }
}
