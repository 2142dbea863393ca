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

/** Parses an object with a name and one more key. */
function parseNamed(
  item: Json,
  key: string,
): { name: string; content: Json | undefined; hasMore: boolean } | null {
  if (!(item instanceof Map)) return null;
  const name = item.get('name');
  if (typeof name !== 'string' || name === '') return null;
  const known = item.has(key) ? 2 : 1;
  return { name, content: item.get(key), hasMore: item.size > known };
}

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
