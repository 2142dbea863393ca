import type { JsonObject } from '../../../model/text/json.ts';
import type {
  Component,
  Configuration,
  ConfigurationRow,
  PlatformBranch,
} from '../../../model/platform/project.ts';
import type { ObjectKey, RenderWarning } from '../../../model/platform/tree.ts';

/** What every object of a layout has. Steps may change all but its key, until it has a path. */
interface Placed {
  readonly key: ObjectKey;
  /** The path that it would have below its parent if nobody else had it. */
  wantedPath: string;
  /** Its directory in the tree; empty until paths are given, and for good where it gets none. */
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
  /** Becomes config.json. Steps change it by {@link editContent}, never in place: it is the source's own. */
  content: JsonObject;
  /** The changes that {@link editContent} made to the content, in order. */
  readonly edits: ContentEdit[];
  /** As the manifest lists them. */
  relations: JsonObject[];
  /** Of shared code: the component that it is for. */
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

/** An object that has a directory of its own. */
export type LayoutNode = BranchNode | ConfigNode | RowNode;

/** A change of an object's content that a step makes; it copies what it changes. */
export type ContentEdit = (content: JsonObject) => JsonObject;

/** A project's objects, each under its parent. */
export interface Layout {
  /** In the order in which new ones get their paths. */
  nodes: LayoutNode[];
  /** The objects that others can refer to; what the CLI never loads is not among them. */
  readonly byKey: ReadonlyMap<ObjectKey, LayoutNode>;
  /** What buckets begin with that are a component's own, up to the configuration's id → component. */
  readonly bucketPrefixes: ReadonlyMap<string, string>;
  /** Configurations that the CLI's layout has no place for, and why. */
  readonly unplaced: Map<ConfigNode, string[]>;
  /** Objects that the CLI's layout holds in part only, and what of them it leaves out. */
  readonly incomplete: { readonly node: ConfigNode | RowNode; readonly reason: string }[];
  warnings: RenderWarning[];
}

/**
 * Changes an object's content. The content of a layout may be an outline (see `outline.ts`); the
 * same change is made to the whole content when the object is written.
 */
export function editContent(node: ConfigNode | RowNode, edit: ContentEdit): void {
  node.content = edit(node.content);
  node.edits.push(edit);
}

/** The layout has no place for this configuration: it goes, as it is, to `unlinked/`. */
export function leaveUnplaced(layout: Layout, node: ConfigNode, reason: string): void {
  const reasons = layout.unplaced.get(node);
  if (reasons === undefined) layout.unplaced.set(node, [reason]);
  else reasons.push(reason);
  layout.warnings.push({ owner: node.key, message: `${reason} It is in unlinked/.` });
}

/** The layout leaves something of this object out: its whole content goes to `unlinked/` as well. */
export function keepWhole(layout: Layout, node: ConfigNode | RowNode, reason: string): void {
  layout.incomplete.push({ node, reason });
  layout.warnings.push({
    owner: node.key,
    message: `${reason} Its whole content is in unlinked/.`,
  });
}

/** This object's content is not of the shape that a rule knows, so it is written as it is. */
export function leaveGeneric(layout: Layout, node: ConfigNode | RowNode, reason: string): void {
  layout.warnings.push({ owner: node.key, message: `${reason} It is written as it is.` });
}
