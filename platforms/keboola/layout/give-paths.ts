import type { GivenPaths } from '../../../model/platform/tree.ts';
import type { LayoutNode } from './layout.ts';
import { isVariantOf, joinPath, UniquePaths } from '../../tree/unique-paths.ts';

/**
 * Assigns a path to every object of the layout, parents first. Existing paths are claimed before any new one
 * is assigned, so that a new object never moves another. If an object's own name changed, it gives up its
 * path. New objects get their paths in the layout's order.
 *
 * Objects that cannot be reached from a branch (because they are nested in each other, or in one that is not
 * in the layout) get no path. Returns the objects that got one, parents first.
 */
export function givePaths(
  nodes: readonly LayoutNode[],
  givenPaths: Pick<GivenPaths, 'get'>,
  root: string,
): LayoutNode[] {
  const children = new Map<LayoutNode | null, LayoutNode[]>();
  for (const node of nodes) {
    const siblings = children.get(node.parent);
    if (siblings === undefined) children.set(node.parent, [node]);
    else siblings.push(node);
  }

  const paths = new UniquePaths();
  const placed: LayoutNode[] = [];
  const parents: (LayoutNode | null)[] = [null];
  // The list grows during the loop: level by level, down to the rows.
  for (const parent of parents) {
    const siblings = children.get(parent) ?? [];
    placeSiblings(siblings, parent?.path ?? root);
    placed.push(...siblings);
    parents.push(...siblings);
  }
  return placed;

  function placeSiblings(siblings: readonly LayoutNode[], parentPath: string): void {
    const newcomers: LayoutNode[] = [];
    for (const node of siblings) {
      const kept = keptPath(node);
      if (kept !== null && paths.claim(joinPath(parentPath, kept))) {
        node.path = joinPath(parentPath, kept);
      } else {
        newcomers.push(node);
      }
    }
    for (const node of newcomers) node.path = paths.take(parentPath, node.wantedPath);
  }

  /** The object's existing path below its parent, if it still matches its name. */
  function keptPath(node: LayoutNode): string | null {
    const given = givenPaths.get(node.key);
    const givenParent = node.parent === null ? root : givenPaths.get(node.parent.key);
    if (given === undefined || givenParent === undefined) return null;
    const prefix = joinPath(givenParent, '');
    if (!given.startsWith(prefix)) return null;
    const relative = given.slice(prefix.length);
    return isVariantOf(relative, node.wantedPath) ? relative : null;
  }
}
