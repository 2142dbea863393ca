import type { JsonObject } from '../../../model/text/json.ts';
import type {
  Component,
  Configuration,
  ConfigurationRow,
  PlatformBranch,
} from '../../../model/platform/project.ts';
import type { ObjectKey, RenderWarning, UnlinkedFile } from '../../../model/platform/tree.ts';

/**
 * What all objects of a layout have. Steps may change everything except the key, until the object has a path.
 */
interface Placed {
  readonly key: ObjectKey;
  /** The path that it would have below its parent if no other object had it. */
  wantedPath: string;
  /** Its directory in the tree. Empty until paths are assigned, and afterwards if it has none. */
  path: string;
}

/** A branch of the layout: the only kind of object without a parent. */
export interface BranchNode extends Placed {
  readonly kind: 'branch';
  readonly branch: PlatformBranch;
  readonly parent: null;
}

/** A configuration of the layout. */
export interface ConfigNode extends Placed {
  readonly kind: 'config';
  readonly branch: BranchNode;
  readonly component: Component;
  readonly config: Configuration;
  /** In the order of their names. */
  readonly rows: RowNode[];
  /** Its branch, or the object that it is nested in. */
  parent: LayoutNode;
  /**
   * The content of config.json. It belongs to the source, so steps change it with {@link editContent}, never
   * in place.
   */
  content: JsonObject;
  /** The changes that {@link editContent} made to the content, in order. */
  readonly edits: ContentEdit[];
  /** In the manifest's form. */
  relations: JsonObject[];
  /** For shared code: the component that the code is for. */
  sharedCodeTarget: string | null;
}

/** A row of the layout. */
export interface RowNode extends Placed {
  readonly kind: 'row';
  readonly config: ConfigNode;
  readonly row: ConfigurationRow;
  readonly parent: ConfigNode;
  content: JsonObject;
  readonly edits: ContentEdit[];
  relations: JsonObject[];
}

/** An object that has its own directory. */
export type LayoutNode = BranchNode | ConfigNode | RowNode;

/** A change that a step makes to an object's content. It copies what it changes. */
export type ContentEdit = (content: JsonObject) => JsonObject;

/** A project's objects, each under its parent. */
export interface Layout {
  /** In the order in which new ones get their paths. */
  nodes: LayoutNode[];
  /** The objects that others can refer to. Does not include what the CLI never loads. */
  readonly byKey: ReadonlyMap<ObjectKey, LayoutNode>;
  /** The prefixes of components' default buckets, up to the configuration's id, with their components. */
  readonly bucketPrefixes: ReadonlyMap<string, string>;
  /** Configurations that have no place in the CLI's layout, with the reasons. */
  readonly unplaced: Map<ConfigNode, string[]>;
  /** Objects that are only partly in the CLI's layout, and what it leaves out. */
  readonly incomplete: {
    readonly node: ConfigNode | RowNode;
    readonly reason: string;
    readonly file: UnlinkedFile;
  }[];
  warnings: RenderWarning[];
}

/**
 * Changes an object's content. If the content is an outline (see `outline.ts`), the same change is made again
 * to the complete content when the object is written.
 */
export function editContent(node: ConfigNode | RowNode, edit: ContentEdit): void {
  node.content = edit(node.content);
  node.edits.push(edit);
}

/** Records that the layout has no place for this configuration, which then goes to `unlinked/` unchanged. */
export function leaveUnplaced(layout: Layout, node: ConfigNode, reason: string): void {
  const reasons = layout.unplaced.get(node);
  if (reasons === undefined) layout.unplaced.set(node, [reason]);
  else reasons.push(reason);
  layout.warnings.push({ owner: node.key, message: `${reason} It is in unlinked/.` });
}

/**
 * Records that the layout leaves out a part of this object, whose complete content then also goes to
 * `unlinked/`.
 */
export function keepWhole(layout: Layout, node: ConfigNode | RowNode, reason: string): void {
  layout.incomplete.push({ node, reason, file: 'config.json' });
  layout.warnings.push({
    owner: node.key,
    message: `${reason} Its whole content is in unlinked/.`,
  });
}

/** Records that some numbers of this object are not exact in the CLI's files, so they also go to `unlinked/`. */
export function keepNumbers(layout: Layout, node: ConfigNode | RowNode): void {
  const reason = 'The Keboola CLI rounds some of its numbers.';
  layout.incomplete.push({ node, reason, file: 'numbers.json' });
  layout.warnings.push({ owner: node.key, message: `${reason} They are exact in unlinked/.` });
}
