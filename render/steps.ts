import type { JsonObject } from '../model/json.ts';
import type { ConfigNode, Layout, RowNode } from './layout.ts';

/** What a configuration or a row writes into its directory. */
export interface NodeFiles {
  meta: JsonObject;
  config: JsonObject;
  description: string;
  /** Further files: path below the object's directory → content. */
  others: Map<string, string | JsonObject>;
}

/**
 * One special rule of the CLI's layout (a "mapper" there), such as transformations as code files. A
 * rule works in two passes, so that the order of objects does not matter.
 */
export interface RenderStep {
  readonly name: string;
  /** Before paths are given, with all objects in sight: relates, nests, drops, names. */
  arrange?(layout: Layout): void;
  /** With all paths known, once for each configuration and row: what is written, and as which files. */
  write?(node: ConfigNode | RowNode, files: NodeFiles, layout: Layout): void;
}

/** The rules, in the order in which they apply. */
export const renderSteps: readonly RenderStep[] = [];
