import type { GitRepository } from '../git-repository.ts';
import { mergeBy, type Way } from './merge-by.ts';
import type { Account, MergeProblem, Pull, Rules, StandInStatus, Verdict } from './pull.ts';

/** The pull requests of a repository, whatever the host: what Git says of them is read from the repository each time. */
export class Pulls {
  readonly repository: GitRepository;
  readonly rules: Rules = {
    approvals: 0,
    ways: ['merge', 'squash', 'rebase'],
    lateMerges: 0,
    busyMerges: 0,
    authorsApprove: false,
  };
  readonly statuses: StandInStatus[] = [];
  readonly #all: Pull[] = [];
  #lastReview = 0;

  constructor(repository: GitRepository) {
    this.repository = repository;
  }

  /** All of them as they are now, newest first. */
  async list(): Promise<Pull[]> {
    for (const pull of this.#all) {
      const tip = pull.fromFork ? pull.head : await this.repository.tip(pull.source);
      pull.hasBranch = tip !== null;
      if (pull.state === 'open' && tip !== null) pull.head = tip;
    }
    return [...this.#all].reverse();
  }

  async find(number: number): Promise<Pull | null> {
    return (await this.list()).find((pull) => pull.number === number) ?? null;
  }

  /** `null` if one of the branches is missing; the one that is there already, if there is one. */
  async open(
    wanted: Pick<Pull, 'title' | 'description' | 'source' | 'target' | 'author'>,
    { fromFork = false } = {},
  ): Promise<{ pull: Pull; isNew: boolean } | null> {
    const isSame = (pull: Pull) =>
      pull.source === wanted.source && pull.target === wanted.target && pull.fromFork === fromFork;
    const before = (await this.list()).find((pull) => pull.state === 'open' && isSame(pull));
    if (before !== undefined) return { pull: before, isNew: false };
    const head = await this.repository.tip(fromFork ? wanted.target : wanted.source);
    if (head === null || (await this.repository.tip(wanted.target)) === null) return null;
    const number = this.#all.length + 1;
    const createdAt = new Date().toISOString();
    const none = { reviews: [], comments: [], merged: null, closedBy: null, late: 0 };
    const more = { number, fromFork, state: 'open' as const, head, hasBranch: true, createdAt };
    const pull: Pull = { ...wanted, ...more, ...none };
    this.#all.push(pull);
    return { pull, isNew: true };
  }

  review(pull: Pull, by: Account, verdict: Verdict, sha: string, text: string): void {
    const id = (this.#lastReview += 1);
    pull.reviews.push({ id, by, at: new Date().toISOString(), sha, verdict, text });
    if (verdict === 'approved') pull.late = this.rules.lateMerges;
  }

  /** How many approve it. */
  approvalsOf(pull: Pull): number {
    const last = new Map(pull.reviews.map(({ by, verdict }) => [by.login, verdict]));
    return [...last.values()].filter((verdict) => verdict === 'approved').length;
  }

  /** Why it cannot be merged, besides conflicts; `sha` is what the branch has to be at. */
  problemOf(pull: Pull, way: Way, sha: string | undefined): MergeProblem | null {
    if (pull.state !== 'open') return pull.state;
    if (sha !== undefined && sha !== pull.head) return 'moved';
    if (this.approvalsOf(pull) < this.rules.approvals) return 'approvals';
    if (pull.late > 0) {
      pull.late -= 1;
      return 'late';
    }
    if (this.rules.busyMerges > 0) {
      this.rules.busyMerges -= 1;
      return 'busy';
    }
    return this.rules.ways.includes(way) ? null : 'way';
  }

  /** Merges with git. */
  async merge(
    pull: Pull,
    { way, by, message, sha }: { way: Way; by: Account; message: string; sha: string | undefined },
  ): Promise<MergeProblem | null> {
    const problem = this.problemOf(pull, way, sha);
    if (problem !== null) return problem;
    const commit = await mergeBy(this.repository, way, { pull, by, message });
    if (commit === null) return 'conflict';
    await this.repository.setBranch(pull.target, commit);
    pull.merged = { commit, way, by, at: new Date().toISOString() };
    pull.state = 'merged';
    return null;
  }

  /** GitHub and Gitea close the pull requests of a branch that is deleted; GitLab does not. */
  async deleteBranch(branch: string, closing: Account | null): Promise<void> {
    await this.repository.deleteBranch(branch);
    for (const pull of await this.list())
      if (closing !== null && pull.state === 'open' && pull.source === branch && !pull.fromFork)
        Object.assign(pull, { state: 'closed', closedBy: closing });
  }
}
