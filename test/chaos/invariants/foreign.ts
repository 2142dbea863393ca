import { blobId } from '../../../git/blob-id.ts';
import type { Stage } from '../driver/stage.ts';
import { products } from '../plan/actions.ts';
import type { Product } from '../plan/actions.ts';
import type { BranchHistory } from './branch-history.ts';

/** No commit of others is missing, and their files are as they left them. */
export async function foreignProblems(
  { repositories, ledger }: Stage,
  histories: Record<Product, BranchHistory>,
): Promise<string[]> {
  const problems: string[] = [];
  for (const product of products) {
    const foreign = ledger.foreign.filter(({ to }) => to === product);
    for (const { sha } of foreign)
      if (!histories[product].commits.has(sha))
        problems.push(`The commit ${sha} of somebody else is not in the branch of the ${product}.`);
    const expected = new Map(foreign.map(({ path, text }) => [path, blobId(text)]));
    const files = Object.entries(await repositories[product].blobIds());
    const found = new Map(files.filter(([path]) => !isOurs(path)));
    for (const path of new Set([...expected.keys(), ...found.keys()]))
      if (expected.get(path) !== found.get(path))
        problems.push(`${path} in the ${product} is not what somebody else left there.`);
  }
  return problems;
}

function isOurs(path: string): boolean {
  return /^(configs|unlinked|storage|jobs|ai|knowledge)\//.test(path);
}
