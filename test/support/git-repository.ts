import { execFile } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A commit as tests see it. Dates are ISO 8601 with the commit's own offset. */
export interface LoggedCommit {
  sha: string;
  parents: string[];
  author: { name: string; email: string };
  authoredAt: string;
  committer: { name: string; email: string };
  committedAt: string;
  subject: string;
  message: string;
}

/** What is not a plain file: a link or an executable with its text, or the commit of a submodule. */
export type ForeignEntry = { mode: '100755' | '120000'; text: string } | { submodule: string };

/** A commit by someone else. */
export interface ForeignCommit {
  /** Path → content; `null` removes the file. */
  files: Record<string, string | Uint8Array | ForeignEntry | null>;
  message?: string;
  author?: { name: string; email: string };
  /** Seconds since 1970. */
  at?: number;
  branch?: string;
  /** A second parent. */
  merge?: string;
  /** Starts a new history instead of continuing the branch, as a force push does. */
  orphan?: true;
}

/** Accepts pushes and partial clones as real hosts do. It does not have to survive a power cut, or years of pushes. */
const repositoryConfig = `
[core]
  fsync = none
[http]
  receivepack = true
[uploadpack]
  allowFilter = true
[receive]
  autogc = false
`;

/** A bare repository, read and changed on the server's side. */
export class GitRepository {
  readonly directory: string;

  constructor(directory: string) {
    this.directory = directory;
  }

  /** Creates an empty repository that accepts pushes over HTTP and supports partial clones. */
  static async create(directory: string, branch = 'main'): Promise<GitRepository> {
    await mkdir(directory, { recursive: true });
    const repository = new GitRepository(directory);
    const init = ['init', '--quiet', '--bare', '--template=', `--initial-branch=${branch}`, '.'];
    await repository.git(init);
    await appendFile(join(directory, 'config'), repositoryConfig);
    return repository;
  }

  /** The branch's tip; `null` if there is no such branch. */
  async tip(branch = 'main'): Promise<string | null> {
    const out = await this.git(['for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`]);
    return out.toString().trim() || null;
  }

  /** The branch's commits, newest first; empty if there is no such branch. */
  async log(branch = 'main'): Promise<LoggedCommit[]> {
    if ((await this.tip(branch)) === null) return [];
    const format = ['%H', '%P', '%an', '%ae', '%aI', '%cn', '%ce', '%cI', '%s', '%B'].join('%x01');
    const out = await this.git(['log', '-z', '--topo-order', `--format=${format}`, branch]);
    return out
      .toString()
      .split('\0')
      .filter((text) => text !== '')
      .map((text) => {
        const [sha, parents, an, ae, at, cn, ce, ct, subject, message] = text.split('\x01');
        return {
          sha: sha!,
          parents: parents === '' ? [] : parents!.split(' '),
          author: { name: an!, email: ae! },
          authoredAt: at!,
          committer: { name: cn!, email: ce! },
          committedAt: ct!,
          subject: subject!,
          message: message!,
        };
      });
  }

  /** All files of a commit or branch: path → content as text. */
  async files(revision = 'main'): Promise<Record<string, string>> {
    const ids = await this.blobIds(revision);
    const wanted = Object.values(ids).map((id) => `${id}\n`);
    const out = await this.git(['cat-file', '--batch=%(objectsize)'], Buffer.from(wanted.join('')));
    let at = 0;
    return Object.fromEntries(
      Object.keys(ids).map((path) => {
        const start = out.indexOf('\n', at) + 1;
        const end = start + Number(out.subarray(at, start).toString());
        at = end + 1;
        return [path, out.subarray(start, end).toString()];
      }),
    );
  }

  /** All files of a commit or branch: path → blob id. */
  async blobIds(revision = 'main'): Promise<Record<string, string>> {
    const out = await this.git(['ls-tree', '-r', '-z', revision]);
    const entries = out.toString().split('\0').filter(Boolean);
    return Object.fromEntries(
      entries.flatMap((entry) => {
        const [, id, path] = /^\d+ blob (\w+)\t(.*)$/s.exec(entry) ?? [];
        return id === undefined || path === undefined ? [] : [[path, id]];
      }),
    );
  }

  /** The paths and modes of a commit or branch, as `<mode> <path>`, sorted. */
  async tree(revision = 'main'): Promise<string[]> {
    const out = await this.git([
      'ls-tree', '-r', '-z', '--format=%(objectmode) %(path)', revision,
    ]); // prettier-ignore
    return out.toString().split('\0').filter(Boolean);
  }

  async read(path: string, revision = 'main'): Promise<string> {
    return (await this.git(['cat-file', 'blob', `${revision}:${path}`])).toString();
  }

  /** The paths that a commit changed compared with its first parent. */
  async changedPaths(revision = 'main'): Promise<string[]> {
    const out = await this.git([
      'diff-tree', '-r', '-z', '--root', '--no-commit-id', '--name-only', revision,
    ]); // prettier-ignore
    return out.toString().split('\0').filter(Boolean);
  }

  /** Commits as someone else, on the branch's tip; returns the commit's id. */
  commit(foreign: ForeignCommit): Promise<string> {
    return this.commitAll([foreign]);
  }

  /** As {@link commit}, one commit on top of the other, all on the first one's branch; returns the last one's id. */
  async commitAll(foreign: readonly ForeignCommit[]): Promise<string> {
    const [first] = foreign;
    const branch = first?.branch ?? 'main';
    const tip = first?.orphan ? null : await this.tip(branch);
    // Without a parent, each further commit continues the previous one.
    const commits = foreign.map((one, at) => importOf(one, branch, at === 0 ? tip : null));
    await this.git(
      ['fast-import', '--quiet', '--done', '--force'],
      Buffer.concat([...commits, Buffer.from('done\n')]),
    );
    return (await this.tip(branch))!;
  }

  async deleteBranch(branch = 'main'): Promise<void> {
    await this.git(['update-ref', '-d', `refs/heads/${branch}`]);
  }

  /** Points a branch to a commit, whatever it pointed to before, as a force push does. */
  async setBranch(branch: string, sha: string): Promise<void> {
    await this.git(['update-ref', `refs/heads/${branch}`, sha]);
  }

  /** All branches: name → commit. */
  async branches(): Promise<Map<string, string>> {
    const out = await this.git([
      'for-each-ref',
      '--format=%(refname:lstrip=2) %(objectname)',
      'refs/heads',
    ]);
    const lines = out.toString().split('\n').filter(Boolean);
    return new Map(lines.map((line) => line.split(' ') as [string, string]));
  }

  /** Makes these the only branches. */
  async setBranches(branches: ReadonlyMap<string, string>): Promise<void> {
    for (const branch of (await this.branches()).keys())
      if (!branches.has(branch)) await this.deleteBranch(branch);
    for (const [branch, sha] of branches) await this.setBranch(branch, sha);
  }

  /** Refuses every push with this text, as a host's rule would; `null` accepts pushes again. */
  async rejectPushes(text: string | null): Promise<void> {
    const hook = join(this.directory, 'hooks', 'pre-receive');
    if (text === null) return rm(hook, { force: true });
    await mkdir(join(this.directory, 'hooks'), { recursive: true });
    await writeFile(join(this.directory, 'hooks', 'refusal'), `${text}\n`);
    const script = '#!/bin/sh\ncat >/dev/null\ncat hooks/refusal >&2\nexit 1\n';
    await writeFile(hook, script, { mode: 0o755 });
  }

  /**
   * Refuses pushes whose commits write a file that has this text, as a secret scanner does. It names the file, or only says
   * that there is one.
   */
  async refuseText(text: string, { names }: { names: boolean }): Promise<void> {
    const says = names
      ? 's/^[0-9a-f]*:\\(.*\\)/GH013: a secret is in path: \\1/'
      : 's/.*/A secret was found./';
    const script = `#!/bin/sh
while read old new ref; do
  range=$new; [ "$old" = 0000000000000000000000000000000000000000 ] || range="$old..$new"
  found=$(git -c core.quotePath=false grep -l -e '${text}' $(git rev-list "$range"))
  [ -z "$found" ] || { echo "$found" | sed '${says}' | sort -u >&2; exit 1; }
done
`;
    await mkdir(join(this.directory, 'hooks'), { recursive: true });
    await writeFile(join(this.directory, 'hooks', 'pre-receive'), script, { mode: 0o755 });
  }

  /** Runs this script before each push, with the variables `old` and `new`, as the hook of a repository does. */
  async runBeforePushes(script: string): Promise<void> {
    await mkdir(join(this.directory, 'hooks'), { recursive: true });
    await writeFile(
      join(this.directory, 'hooks', 'pre-receive'),
      `#!/bin/sh\nwhile read old new ref; do\n${script}\ndone\n`,
      { mode: 0o755 },
    );
  }

  /** Keeps the options of the next pushes: see {@link pushOptions}. */
  async keepPushOptions(): Promise<void> {
    const script = `#!/bin/sh
cat >/dev/null
: > hooks/options
i=0
while [ "$i" -lt "\${GIT_PUSH_OPTION_COUNT:-0}" ]; do
  eval "echo \\"\\$GIT_PUSH_OPTION_$i\\"" >> hooks/options
  i=$((i + 1))
done
`;
    await mkdir(join(this.directory, 'hooks'), { recursive: true });
    await writeFile(join(this.directory, 'hooks', 'pre-receive'), script, { mode: 0o755 });
  }

  /** The options of the last push. */
  async pushOptions(): Promise<string[]> {
    const text = await readFile(join(this.directory, 'hooks', 'options'), 'utf8');
    return text.split('\n').filter((line) => line !== '');
  }

  /** Clones the repository with a work tree, as somebody does who has no settings of their own. */
  async cloneTo(branch = 'main'): Promise<{
    /** What `git status --short` says. */
    status(): Promise<string>;
    read(path: string): Promise<string>;
    remove(): Promise<void>;
  }> {
    const directory = await mkdtemp(join(tmpdir(), 'git-clone-'));
    const git = (args: string[]) =>
      promisify(execFile)('git', args, { cwd: directory, env: gitEnvironment(directory) });
    await git(['clone', '--quiet', '--branch', branch, this.directory, '.']);
    return {
      status: async () => (await git(['status', '--short'])).stdout,
      read: (path) => readFile(join(directory, path), 'utf8'),
      remove: () => rm(directory, { recursive: true, force: true }),
    };
  }

  /** The text of every file of every commit, and what the commits say. */
  async everything(): Promise<string> {
    const messages = await this.git(['log', '--all', '--format=%an%ae%B']);
    const objects = ['cat-file', '--batch-all-objects', '--unordered', '--batch'];
    return `${messages.toString()}\n${(await this.git(objects)).toString()}`;
  }

  /** Throws if Git finds the repository damaged. */
  async check(): Promise<void> {
    await this.git(['fsck', '--strict', '--no-dangling']);
  }

  /** Runs git in the repository. */
  git(args: string[], input?: Uint8Array): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const child = execFile(
        'git',
        args,
        {
          cwd: this.directory,
          encoding: 'buffer',
          maxBuffer: 1 << 30,
          env: gitEnvironment(this.directory),
        },
        (error, stdout, stderr) => {
          if (error)
            reject(new Error(`git ${args.join(' ')}: ${stderr.toString()}`, { cause: error }));
          else resolve(stdout);
        },
      );
      child.stdin!.on('error', () => undefined);
      child.stdin!.end(input);
    });
  }
}

/** A commit on a parent, in the format of `git fast-import`. */
function importOf(foreign: ForeignCommit, branch: string, parent: string | null): Buffer {
  const { message = 'Somebody else', at = 1_700_000_000 } = foreign;
  const { name, email } = foreign.author ?? { name: 'Somebody', email: 'somebody@example.com' };
  const ident = `${name} <${email}> ${at} +0000`;
  const parts: (string | Uint8Array)[] = [
    `commit refs/heads/${branch}\nauthor ${ident}\ncommitter ${ident}\n`,
    `data ${Buffer.byteLength(message)}\n${message}\n`,
  ];
  if (parent !== null) parts.push(`from ${parent}\n`);
  if (foreign.merge !== undefined) parts.push(`merge ${foreign.merge}\n`);
  for (const [path, content] of Object.entries(foreign.files)) {
    if (content === null) parts.push(`D ${path}\n`);
    else if (typeof content === 'object' && 'submodule' in content)
      parts.push(`M 160000 ${content.submodule} ${path}\n`);
    else {
      const { mode, text } =
        typeof content === 'object' && 'mode' in content
          ? content
          : { mode: '100644', text: content };
      const bytes = Buffer.from(text);
      parts.push(`M ${mode} inline ${path}\ndata ${bytes.length}\n`, bytes, '\n');
    }
  }
  return Buffer.concat(parts.map((part) => Buffer.from(part)));
}

/** An environment in which no configuration of the user or the system applies. */
export function gitEnvironment(home: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    LC_ALL: 'C',
  };
}
