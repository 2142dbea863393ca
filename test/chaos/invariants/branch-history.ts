import type { GitRepository } from '../../support/git-repository.ts';

/** A commit of the branch, oldest first. */
export interface HistoryCommit {
  sha: string;
  /** The place in the branch, from 0. */
  position: number;
  /** The names of its author and of those who share the commit. */
  authors: string[];
}

const separator = '\u0001';
/** Before each commit. */
const begin = '\u0003';
const format = ['%H', '%an', '%(trailers:key=Co-authored-by,valueonly,separator=%x02)'].join(
  '%x01',
);

/**
 * What a branch has become, read a piece at a time: a run of many rounds reads each commit once. Lines with marks are
 * followed: which commits added them. A commit that takes the line away somewhere else has only moved it, such as the files of
 * a configuration whose folder is named anew.
 */
export class BranchHistory {
  readonly commits = new Map<string, HistoryCommit>();
  /** Mark → the commits that added a line with it. */
  readonly added = new Map<string, HistoryCommit[]>();
  readonly #repository: GitRepository;
  readonly #line: RegExp;
  #tip: string | null = null;

  /** `line` matches a line of a diff with a mark; its groups are the sign and the mark. */
  constructor(repository: GitRepository, line: RegExp) {
    this.#repository = repository;
    this.#line = line;
  }

  /** Reads what is new. Throws if the branch does not contain what it had before. */
  async read(): Promise<void> {
    const tip = await this.#repository.tip();
    if (tip === null || tip === this.#tip) return;
    const range = this.#tip === null ? tip : `${this.#tip}..${tip}`;
    if (this.#tip !== null) await this.#requireAncestor(this.#tip, tip);
    const out = await this.#repository.git([
      ...['log', '--first-parent', '--reverse', '--patch', '--unified=0', '--find-renames'],
      ...['--no-color', `--format=${begin}${format}`, range],
    ]);
    for (const text of out.toString().split(begin).slice(1)) {
      const [head = '', ...lines] = text.split('\n');
      const commit = this.#add(head);
      const signs = lines.flatMap((line) => {
        const [, sign, mark] = this.#line.exec(line) ?? [];
        return mark === undefined ? [] : [{ mark, isAdded: sign === '+' }];
      });
      for (const mark of new Set(signs.map((one) => one.mark))) {
        const count = (isAdded: boolean) =>
          signs.filter((one) => one.mark === mark && one.isAdded === isAdded).length;
        for (let net = count(true) - count(false); net > 0; net -= 1)
          this.added.set(mark, [...(this.added.get(mark) ?? []), commit]);
      }
    }
    this.#tip = tip;
  }

  async #requireAncestor(old: string, tip: string): Promise<void> {
    await this.#repository.git(['merge-base', '--is-ancestor', old, tip]).catch(() => {
      throw new Error(`The branch was rewritten: ${tip} does not contain ${old}.`);
    });
  }

  #add(line: string): HistoryCommit {
    const [sha = '', author = '', others = ''] = line.split(separator);
    const names = others.split('\u0002').map((other) => other.replace(/ *<.*/, ''));
    const commit = {
      sha,
      position: this.commits.size,
      authors: [author, ...names.filter((name) => name !== '')],
    };
    this.commits.set(sha, commit);
    return commit;
  }
}
