/**
 * The cycles of a graph: each group of nodes that reach one another, sorted, in the order of their first nodes.
 * Tarjan's algorithm (SIAM J. Comput. 1, 1972): one walk, however many edges there are.
 */
export function circlesOf(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const path: string[] = [];
  const onPath = new Set<string>();
  const circles: string[][] = [];

  const visit = (node: string): number => {
    const mine = order.size;
    order.set(node, mine);
    lowest.set(node, mine);
    path.push(node);
    onPath.add(node);
    let low = mine;
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) low = Math.min(low, visit(next));
      else if (onPath.has(next)) low = Math.min(low, lowest.get(next) ?? low);
    }
    lowest.set(node, low);
    if (low === mine) {
      const group = path.splice(path.indexOf(node));
      for (const member of group) onPath.delete(member);
      const isLoop = graph.get(node)?.includes(node) === true;
      if (group.length > 1 || isLoop) circles.push(group.sort());
    }
    return low;
  };

  for (const node of graph.keys()) if (!order.has(node)) visit(node);
  return circles.sort(([a = ''], [b = '']) => a.localeCompare(b));
}
