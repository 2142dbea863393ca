import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stage } from '../driver/stage.ts';

/**
 * What a part may keep of Git: in how many folders, one a process, and how many repositories in all. A new process removes
 * the caches of a dead one; clones it takes over one by one, and removes what is then empty when it starts.
 */
const kept = { 'git-cache': { folders: 1 }, 'git-clones': { folders: 3 } };
/** That of the mirror's branch, and that of the space's. */
const repositories = 2;

/** Whatever was killed in the middle of its work, what is left of it does not add up. */
export async function leftOver({ world }: Stage): Promise<string[]> {
  const problems: string[] = [];
  for (const part of ['api', 'worker']) {
    const temporary = await namesIn(join(world.directory, `${part}-tmp`));
    if (temporary.length > 0)
      problems.push(`The ${part} left files in its temporary folder: ${temporary.join(', ')}.`);
    for (const [name, { folders }] of Object.entries(kept)) {
      const directory = join(world.directory, `${part}-data`, name);
      const processes = await namesIn(directory);
      const found = await Promise.all(processes.map((one) => namesIn(join(directory, one))));
      if (processes.length > folders || found.flat().length > repositories)
        problems.push(
          `${part}-data/${name} has ${processes.length} folders with ${found.flat().length} repositories: ` +
            found.flat().join(', '),
        );
    }
  }
  return problems;
}

/** Empty if there is no such folder. */
function namesIn(directory: string): Promise<string[]> {
  return readdir(directory).catch(() => []);
}
