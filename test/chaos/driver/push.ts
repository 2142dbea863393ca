import type { GitRepository } from '../../support/git-repository.ts';
import type { Product } from '../plan/actions.ts';
import { entryCount } from '../plan/plan-round.ts';
import { entryFile, entryName, type Stage } from './stage.ts';

/** A commit that somebody is about to make on a branch of their own. */
interface OwnCommit {
  branch: string;
  files: Record<string, string>;
}

/** Somebody pushes: a file of their own, and in a space also a line above the others of an entry. */
export function push(stage: Stage, to: Product, mark: string): Promise<void> {
  const repository = stage.repositories[to];
  return pushWith(stage, to, mark, async ({ branch, files }) => {
    const edited = to === 'space' ? await withLine(repository, branch, mark) : {};
    return repository.commit({ files: { ...files, ...edited }, message: mark, branch });
  });
}

/** As {@link push}, with a commit that `make` makes; it is made again if the tip moves meanwhile. */
export async function pushWith(
  { repositories, ledger }: Stage,
  to: Product,
  mark: string,
  make: (commit: OwnCommit) => Promise<string>,
): Promise<void> {
  const repository = repositories[to];
  const name = mark.replaceAll(' ', '-');
  const path = `notes/${name}.txt`;
  const text = `${mark}\n`;
  for (;;) {
    const tip = await repository.tip();
    if (tip === null) return;
    const branch = `work/${name}`;
    await repository.setBranch(branch, tip);
    const sha = await make({ branch, files: { [path]: text } });
    const landed = await land(repository, tip, sha);
    await repository.deleteBranch(branch);
    if (!landed) continue;
    ledger.foreign.push({ to, sha, path, text });
    return;
  }
}

async function withLine(
  repository: GitRepository,
  branch: string,
  mark: string,
): Promise<Record<string, string>> {
  const file = entryFile(entryName(mark.length % entryCount));
  const before = await repository.read(file, branch);
  return { [file]: before.replace('Pushed:\n', `Pushed:\n\n- ${mark}\n`) };
}

/** Moves the main branch from one commit to another; `false` if somebody else was faster. */
function land(repository: GitRepository, from: string, to: string): Promise<boolean> {
  return repository.git(['update-ref', 'refs/heads/main', to, from]).then(
    () => true,
    () => false,
  );
}
