import type { Json } from '../../../../model/text/json.ts';

/** A block of a transformation. */
export interface CodeBlock {
  readonly name: string;
  readonly codes: readonly Code[];
}

/** A code of a block. */
export interface Code {
  readonly name: string;
  readonly scripts: readonly string[];
}

/** The blocks of a transformation, and whether they contain more than names and scripts. */
export interface ParsedBlocks {
  blocks: CodeBlock[];
  hasMore: boolean;
}

/** Parses `parameters.blocks`. `null` if it does not have the form that the CLI accepts. */
export function parseBlocks(value: Json[]): ParsedBlocks | null {
  let hasMore = false;
  const blocks: CodeBlock[] = [];
  for (const item of value) {
    const block = parseNamed(item, 'codes');
    if (block === null) return null;
    hasMore ||= block.hasMore;
    const codes: Code[] = [];
    for (const codeItem of listOf(block.content) ?? [null]) {
      const code = parseNamed(codeItem, 'script');
      const scripts = code && scriptsOf(code.content);
      if (code === null || scripts === null) return null;
      hasMore ||= code.hasMore;
      codes.push({ name: code.name, scripts });
    }
    blocks.push({ name: block.name, codes });
  }
  return { blocks, hasMore };
}

/**
 * Parses an object with a name and one more key. Like Go's `encoding/json`, it takes keys in any case and the last
 * of several, and `null` as no name.
 */
function parseNamed(
  item: Json,
  key: 'codes' | 'script',
): { name: string; content: Json | undefined; hasMore: boolean } | null {
  if (!(item instanceof Map)) return null;
  let name: Json = '';
  let content: Json | undefined;
  let known = 0;
  for (const [itemKey, value] of item) {
    if (isKey(itemKey, 'name')) {
      if (value !== null && typeof value !== 'string') return null;
      name = value ?? name;
    } else if (isKey(itemKey, key)) content = value;
    if (itemKey === 'name' || itemKey === key) known++;
  }
  return name === '' ? null : { name, content, hasMore: item.size > known };
}

function isKey(key: string, known: 'name' | 'codes' | 'script'): boolean {
  return key === known || keyPatterns[known].test(key);
}

/** With the case folding of Unicode, which Go uses, too. */
const keyPatterns = { name: /^name$/iu, codes: /^codes$/iu, script: /^script$/iu };

function listOf(value: Json | undefined): Json[] | null {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : null;
}

function scriptsOf(value: Json | undefined): string[] | null {
  if (typeof value === 'string') return [value];
  const scripts: string[] = [];
  for (const script of listOf(value) ?? [0]) {
    if (script !== null && typeof script !== 'string') return null;
    scripts.push(script ?? '');
  }
  return scripts;
}
