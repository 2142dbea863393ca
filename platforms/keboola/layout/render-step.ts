import type { JsonObject } from '../../../model/text/json.ts';
import type { ConfigNode, Layout, RowNode } from './layout.ts';
import type { CodeBlock } from './mappers/code-block.ts';

/** What a configuration or a row writes to its directory. */
export interface NodeFiles {
  meta: JsonObject;
  config: JsonObject;
  description: string;
  /** Further files: path relative to the object's directory → content. */
  others: Map<string, string | JsonObject>;
  /** The blocks of a transformation whose code is written as files. */
  blocks: readonly CodeBlock[] | null;
}

/**
 * A special rule of the CLI's layout (the CLI calls it a "mapper"), such as writing transformations as files
 * of code. A rule works in two passes, so that the order of objects does not matter.
 */
export interface RenderStep {
  readonly name: string;
  /**
   * The places in a content (keys joined by dots, with `*` for any item) that the rule looks at in
   * {@link arrange}, or that name other objects. An outline of the content keeps them.
   */
  readonly looksAt?: readonly string[];
  /** Runs before paths are assigned, with access to all objects: relates, nests, drops and names objects. */
  arrange?(layout: Layout): void;
  /**
   * Runs once for each configuration and row when all paths are known: decides what is written, and to which
   * files.
   */
  write?(node: ConfigNode | RowNode, files: NodeFiles, layout: Layout): void;
}
