import type { Mirror } from '../../../db/mirror/mirrors.ts';
import { mirrorKey } from '../../../db/mirror/mirrors.ts';
import { findPushed } from '../../../db/streams/pushed-commits.ts';
import type { Remote } from '../../../git/types.ts';
import { mirrorStream } from '../../../model/mirror/ids.ts';
import { platformLine } from '../../../model/mirror/message/platform-text.ts';
import { cut } from '../../../model/text/outside-text.ts';
import type { ActivityDependencies } from '../../streams/dependencies.ts';
import type { Execution } from '../../streams/execution.ts';
import { inPlace } from '../place.ts';

/** How many commits are looked at, how many are named, and how many paths of each. */
const mostSearched = 500;
const mostCommits = 20;
const mostPaths = 10;

/** What is looked for: the commits on the tip in these folders of a mirror. */
export interface EditsInput {
  row: Mirror;
  remote: Remote;
  tip: string;
  ownedFolders: readonly string[];
}

/**
 * Says which commits of others changed the mirror's files after its last commit, as a paragraph for a commit that undoes
 * them; empty if there are none.
 */
export async function describeEdits(
  deps: Pick<ActivityDependencies, 'db' | 'clones'>,
  { row, remote, tip, ownedFolders }: EditsInput,
  { signal, step }: Execution,
): Promise<string> {
  const stream = mirrorStream(mirrorKey(row));
  return deps.clones.withClone(
    remote,
    { commit: tip },
    async (clone) => {
      const line = await clone.firstParents(tip, mostSearched);
      const ours = await findPushed(deps.db, stream, line);
      const since = line.findIndex((sha) => ours.has(sha));
      const others = (since === -1 ? [] : line.slice(0, since)).reverse();
      const told: string[] = [];
      for (const [index, sha] of others.entries()) {
        if (told.length >= mostCommits) break;
        signal.throwIfAborted();
        const parent = others[index - 1] ?? line[since] ?? null;
        const paths: string[] = [];
        for (const folder of ownedFolders)
          for (const { path } of await clone.changes(
            parent,
            sha,
            inPlace(row.subdirectory, folder),
          ))
            paths.push(path);
        if (paths.length === 0) continue;
        const facts = await clone.commitFacts(sha);
        const who = platformLine(facts?.author.name ?? 'somebody').slice(0, 200);
        const more = paths.length > mostPaths ? [`      and ${paths.length - mostPaths} more`] : [];
        told.push(
          [
            `    ${sha.slice(0, 12)} by ${who}: ${cut(platformLine(facts?.subject ?? ''), 72)}`,
            ...paths.slice(0, mostPaths).map((path) => `      ${platformLine(path)}`),
            ...more,
          ].join('\n'),
        );
      }
      return told.length === 0 ? '' : `Undoes what others changed here:\n${told.join('\n')}`;
    },
    { signal, onProgress: step },
  );
}
