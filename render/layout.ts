import type { JsonObject } from '../model/json.ts';
import type {
  Component,
  Configuration,
  ConfigurationRow,
  PlatformBranch,
} from '../model/project.ts';
import type { ObjectKey, RenderWarning } from '../model/tree.ts';

/** What every object of a layout has. Steps may change all but its key, until it has a path. */
interface Placed {
  readonly key: ObjectKey;
  /** The path that it would have below its parent if nobody else had it. */
  wantedPath: string;
  /** Its directory in the tree; empty until paths are given. */
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
  /** Its branch, or the object that it is nested in. */
  parent: LayoutNode;
  /** Becomes config.json. Replaced by steps, never changed in place: it is the source's own. */
  content: JsonObject;
  /** As the manifest lists them. */
  relations: JsonObject[];
}

/** A row of the layout. */
export interface RowNode extends Placed {
  readonly kind: 'row';
  readonly config: ConfigNode;
  readonly row: ConfigurationRow;
  readonly parent: ConfigNode;
  content: JsonObject;
  relations: JsonObject[];
}

/** An object that has a directory of its own. */
export type LayoutNode = BranchNode | ConfigNode | RowNode;

/** A project's objects, each under its parent. */
export interface Layout {
  /** In the order in which new ones get their paths; a step drops an object by taking it out. */
  nodes: LayoutNode[];
  warnings: RenderWarning[];
}
