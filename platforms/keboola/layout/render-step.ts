import type { JsonObject } from '../../../model/text/json.ts';
import type { ConfigNode, Layout, RowNode } from './layout.ts';
import type { CodeBlock } from './mappers/code-block.ts';

/** What a configuration or a row writes into its directory. */
export interface NodeFiles {
  meta: JsonObject;
  config: JsonObject;
  description: string;
  /** Further files: path below the object's directory → content. */
  others: Map<string, string | JsonObject>;
  /** Of a transformation whose code becomes files: its blocks. */
  blocks: readonly CodeBlock[] | null;
}

/**
 * One special rule of the CLI's layout (a "mapper" there), such as transformations as code files. A
 * rule works in two passes, so that the order of objects does not matter.
 */
export interface RenderStep {
  readonly name: string;
  /**
   * The places (keys joined by dots, `*` for any item) of a content that the rule looks at while it arranges,
   * or that name other objects: an outline of the content keeps them.
   */
  readonly looksAt?: readonly string[];
  /** Before paths are given, with all objects in sight: relates, nests, drops, names. */
  arrange?(layout: Layout): void;
  /** With all paths known, once for each configuration and row: what is written, and as which files. */
  write?(node: ConfigNode | RowNode, files: NodeFiles, layout: Layout): void;
}
