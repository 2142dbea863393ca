import type { Kind } from '../../model/knowledge/entry.ts';
import { findFrontMatter, lineAt } from './front-matter.ts';
import { jsonSource } from '../entries/read-entry.ts';
import { BadYaml, offsetOfPointer, parseYaml } from './yaml-document.ts';

/** The line (counted from 1) of a field of an entry, by its JSON Pointer; 1 where there is no telling. */
export function lineOfField(text: string, kind: Kind, pointer: string): number {
  const fences = kind.format === 'json' ? { start: 0, end: text.length } : findFrontMatter(text);
  if ('code' in fences) return 1;
  const source = text.slice(fences.start, fences.end);
  try {
    const { root } = parseYaml(kind.format === 'json' ? jsonSource(source) : source);
    const offset = offsetOfPointer(root, pointer);
    return offset === null ? 1 : lineAt(text, fences.start + offset);
  } catch (error) {
    if (error instanceof BadYaml) return 1;
    throw error;
  }
}
