import type { GivenPaths } from '../../../model/platform/tree.ts';
import type { LayoutNode } from './layout.ts';
import { isVariantOf, joinPath, UniquePaths } from '../../tree/unique-paths.ts';

/**
 * Gives every object of the layout its path, parents first. Paths that objects have already are
 * claimed before any new one is given, so that nothing moves because of a newcomer; an object whose
 * own name changed gives its path up. New objects are named in the layout's order.
 *
 * Objects that no branch leads to (nested in one that is not among them, or in a ring) get none. Gives
 * those that got one, parents first.
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
  // The list grows while it is walked: level by level, down to the rows.
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

  /** The path below its parent that the object had, if it still fits its name. */
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
