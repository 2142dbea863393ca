import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { simpleGit } from 'simple-git';
import type { ClosableGitDeliverer } from '../../git/deliver/deliverer.ts';
import { plannedCommit } from '../../git/planned-commit.ts';
import { gitEnvironment } from '../../test/support/git-repository.ts';
import { git } from '../measuring/processes.ts';

/** Where a contender's commits go; each has a repository of its own. */
export interface Target {
  url: string;
  credential: { username: string; password: string };
}

/** Brings one changed file to the remote, as a commit. */
export type Contender = (path: string, content: string) => Promise<void>;

/** What every contender needs: who commits, and what opens the door. */
function access({ credential }: Target): string[] {
  const basic = Buffer.from(`${credential.username}:${credential.password}`).toString('base64');
  return [
    `http.extraHeader=Authorization: Basic ${basic}`,
    'user.name=Bench',
    'user.email=bench@example.com',
  ];
}

/** A cache may be thrown away, so it need not be safe against power cuts; a work tree has git's defaults. */
const cacheConfig = ['gc.auto=0', 'core.fsync=none', 'core.hooksPath=/dev/null'];

/** Gitward, with a plan that looks for its last commit as a mirror does. */
export function gitward(target: Target, deliverer: ClosableGitDeliverer): Contender {
  const remote = {
    url: target.url,
    branch: 'main',
    credential: target.credential,
    proofKey: randomBytes(32),
  };
  const { signal } = new AbortController();
  const stream = 'mirror/bench/main';
  let known: string | null = null;
  let through = 0;
  return async (path, content) => {
    through += 1;
    const { tip } = await deliverer.deliver(
      remote,
      async (seen) => {
        if (known !== null) await seen.findStream(stream, known, () => Promise.resolve(new Map()));
        return {
          kind: 'commits',
          commits: [
            plannedCommit(
              [{ path, content: Buffer.from(content) }],
              {
                author: { name: 'Bench', email: 'bench@example.com' },
                coAuthors: [],
                authoredAt: new Date(),
                subject: 'Change one file',
                body: '',
              },
              {
                stream,
                installation: 'bench',
                batches: [`b${through}`],
                through,
                reason: 'changes',
              },
            ),
          ],
        };
      },
      { signal },
    );
    known = tip;
  };
}

/** `git ls-remote`, `git fast-import`, `git push`, `git ls-remote`, and nothing around them. */
export async function floor(target: Target, directory: string): Promise<Contender> {
  await git(directory, ['init', '--quiet', '--bare', '--template=', '.']);
  for (const entry of [...access(target), ...cacheConfig]) {
    const [key = '', value = ''] = entry.split(/=(.*)/s);
    await git(directory, ['config', key, value]);
  }
  // Given for this run alone, else every push would fetch the old blob of each file first.
  const origin = [`url=${target.url}`, 'promisor=true', 'partialCloneFilter=blob:none'];
  await git(directory, [
    ...origin.flatMap((entry) => ['-c', `remote.origin.${entry}`]),
    'fetch', '--quiet', '--depth=1', '--filter=blob:none', '--no-write-fetch-head', 'origin', '+refs/heads/main:refs/tip',
  ]); // prettier-ignore
  let attempt = 0;
  return async (path, content) => {
    attempt += 1;
    const ref = `refs/attempts/${attempt}`;
    const listed = await git(directory, ['ls-remote', target.url, 'refs/heads/main']);
    const [tip = ''] = listed.toString().split('\t');
    const seconds = Math.floor(Date.now() / 1000);
    await git(
      directory,
      ['fast-import', '--quiet', '--done'],
      `commit ${ref}\ncommitter Bench <bench@example.com> ${seconds} +0000\ndata 15\nChange one file\n` +
        `from ${tip}\nM 100644 inline ${path}\ndata ${Buffer.byteLength(content)}\n${content}\n\ndone\n`,
    );
    const lease = `--force-with-lease=refs/heads/main:${tip}`;
    await git(directory, [
      'push', '--porcelain', '--no-thin', lease, target.url, `${ref}:refs/heads/main`,
    ]); // prettier-ignore
    await git(directory, ['ls-remote', target.url, 'refs/heads/main']);
  };
}

/** A clone with a work tree. */
export async function clone(target: Target, directory: string): Promise<void> {
  const config = access(target).flatMap((entry) => ['--config', entry]);
  await git(directory, ['clone', '--quiet', ...config, target.url, '.']);
}

/** Add, commit and push in a work tree, by the git CLI. */
export function commandLine(directory: string): Contender {
  return async (path, content) => {
    await writeFile(join(directory, path), content);
    await git(directory, ['add', '--', path]);
    await git(directory, ['commit', '--quiet', '-m', 'Change one file']);
    await git(directory, ['push', '--quiet', 'origin', 'main']);
  };
}

/** The same by simple-git. */
export function viaSimpleGit(directory: string): Contender {
  // simple-git refuses environments that name configuration files.
  const { PATH = '' } = gitEnvironment(directory);
  const client = simpleGit({ baseDir: directory }).env({ PATH, HOME: directory });
  return async (path, content) => {
    await writeFile(join(directory, path), content);
    await client.add(path);
    await client.commit('Change one file');
    await client.push('origin', 'main');
  };
}
