import type { GivenPaths } from '../../../model/platform/tree.ts';
import { compareBytes } from '../../tree/byte-order.ts';
import { joinPath } from '../../tree/unique-paths.ts';
import type { LayoutNode } from './layout.ts';
import { TakenPaths } from './taken-paths.ts';

/**
 * Assigns a path to every object of the layout as a pull of the CLI does. New objects get the first path that nothing
 * had before, in the layout's order, so none of them moves another. Then all objects are named anew, in the order
 * of their paths but after what they are nested in, until none of them could have a better path: below the right
 * object, with its own name, and with no or a lower suffix.
 *
 * Objects that cannot be reached from a branch (because they are nested in each other, or in one that is not
 * in the layout) get no path. None gets one that is forbidden. Returns the objects that got one, parents first.
 */
export function givePaths(
  nodes: readonly LayoutNode[],
  givenPaths: GivenPaths,
  root: string,
  isForbidden: (path: string) => boolean = () => false,
): LayoutNode[] {
  const reached = reachable(nodes);
  const paths = new TakenPaths<LayoutNode>(isForbidden);
  const newcomers = reached.filter((node) => {
    const before = pathBefore(node);
    return before === null || !paths.claim(node, before);
  });
  const leaving = leavingPaths(nodes, givenPaths, root);
  for (const path of leaving) paths.reserve(path);
  for (const node of newcomers) paths.take(node, wantedPath(node));
  for (const path of leaving) paths.release(path);
  while (!reached.every((node) => paths.best(node, wantedPath(node)) === paths.of(node)))
    nameAnew();
  for (const node of reached) node.path = paths.of(node);
  return reached;

  function nameAnew(): void {
    const named = new Set<LayoutNode>();
    const inOrder = reached.map((node) => ({ node, path: paths.of(node) }));
    inOrder.sort(
      (a, b) => levels[a.node.kind] - levels[b.node.kind] || compareBytes(a.path, b.path),
    );
    for (const { node } of inOrder) {
      const upwards: LayoutNode[] = [];
      for (let at: LayoutNode | null = node; at !== null && !named.has(at); at = at.parent) {
        named.add(at);
        upwards.push(at);
      }
      for (const one of upwards.reverse()) paths.take(one, wantedPath(one));
    }
  }

  function wantedPath(node: LayoutNode): string {
    return joinPath(node.parent === null ? root : paths.of(node.parent), node.wantedPath);
  }

  /** The object's path before, if it was below what it is below now. */
  function pathBefore(node: LayoutNode): string | null {
    const given = givenPaths.get(node.key);
    const givenParent = node.parent === null ? root : givenPaths.get(node.parent.key);
    if (given === undefined || givenParent === undefined) return null;
    return given.startsWith(joinPath(givenParent, '')) ? given : null;
  }
}

const levels = { branch: 1, config: 2, row: 3 };

/** The objects that can be reached from a branch: level by level, down to the rows. */
function reachable(nodes: readonly LayoutNode[]): LayoutNode[] {
  const children = new Map<LayoutNode | null, LayoutNode[]>();
  for (const node of nodes) {
    const siblings = children.get(node.parent);
    if (siblings === undefined) children.set(node.parent, [node]);
    else siblings.push(node);
  }
  const reached = [...(children.get(null) ?? [])];
  // The list grows during the loop.
  for (const node of reached) reached.push(...(children.get(node) ?? []));
  return reached;
}

/** The paths that nothing has any more. */
function leavingPaths(
  nodes: readonly LayoutNode[],
  givenPaths: GivenPaths,
  root: string,
): string[] {
  const known = new Set(nodes.map(({ key }) => key));
  const inside = joinPath(root, '');
  return [...givenPaths].flatMap(([key, path]) =>
    known.has(key) || !path.startsWith(inside) ? [] : [path],
  );
}
