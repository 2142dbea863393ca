import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { gitEnvironment, type GitRepository } from '../../test/support/git-repository.ts';

/** What a generated repository is like. */
export interface RepositorySize {
  entries: number;
  /** After the first, which adds all entries; each changes one of them. */
  commits: number;
}

const begin = Date.parse('2023-01-01T00:00:00Z') / 1_000;
const words = 'sales data warehouse pipeline report revenue forecast margin churn region'.split(
  ' ',
);

/** Where the bench's n-th entry is: a folder of thousands would measure Git's wide trees, and take an hour to make. */
export function pathOf(entry: number): string {
  return `knowledge/customers/${entry % 100}/customer-${entry}.md`;
}

/** The entry as its n-th version has it: about 2 KB. */
export function textOf(entry: number, version: number): string {
  const word = (at: number) => words[(entry * 7 + at * 3 + version) % words.length] ?? '';
  const paragraph = (at: number) =>
    Array.from({ length: 40 }, (_, index) => word(at + index)).join(' ');
  return [
    '---',
    `id: customer-${entry}`,
    `name: "Customer ${entry}, Inc." # as on the contract`,
    `industry: ${word(1)}`,
    `region: ${['EMEA', 'APAC', 'AMER'][entry % 3] ?? ''}`,
    `tier: ${['gold', 'silver', 'bronze'][(entry + version) % 3] ?? ''}`,
    `employeeCount: ${100 + version}`,
    'owners:',
    '  - name: Eva Nová',
    '    email: eva@example.com',
    'created: 2023-01-01',
    'active: true',
    '---',
    `# Customer ${entry}`,
    '',
    ...Array.from({ length: 5 }, (_, at) => `${paragraph(at)}\n`),
  ].join('\n');
}

/** Fills a bare repository by one `git fast-import`: three years of commits, evenly. */
export async function fillRepository(
  repository: GitRepository,
  { entries, commits }: RepositorySize,
): Promise<void> {
  const child = spawn('git', ['fast-import', '--quiet', '--done'], {
    cwd: repository.directory,
    env: gitEnvironment(repository.directory),
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  const closed = once(child, 'close');
  const now = Date.now() / 1_000;
  const versions = new Map<number, number>();
  for (let commit = 0; commit <= commits; commit += 1) {
    const time = Math.floor(begin + ((now - begin) * commit) / (commits + 1));
    const person = `Person ${commit % 50} <person-${commit % 50}@example.com> ${time} +0000`;
    const message = commit === 0 ? 'Begin' : `Change ${commit}`;
    const changed =
      commit === 0
        ? Array.from({ length: entries }, (_, entry) => entry)
        : [(commit * 7_919) % entries];
    const files = changed.map((entry) => {
      const version = (versions.get(entry) ?? -1) + 1;
      versions.set(entry, version);
      const text = textOf(entry, version);
      return `M 100644 inline ${pathOf(entry)}\ndata ${Buffer.byteLength(text)}\n${text}\n`;
    });
    const piece =
      `commit refs/heads/main\nauthor ${person}\ncommitter ${person}\n` +
      `data ${Buffer.byteLength(message)}\n${message}\n${files.join('')}`;
    if (!child.stdin.write(piece)) await once(child.stdin, 'drain');
  }
  child.stdin.end('done\n');
  const [code] = (await closed) as [number | null];
  if (code !== 0) throw new Error(`git fast-import ended with ${code ?? 'a signal'}.`);
  await repository.git(['repack', '-adq']);
}
