import type { GitRepository } from '../support/git-repository.ts';
import type { EntryStatus, TestGitward } from '../support/gitward.ts';

export const acmePath = 'knowledge/customers/acme.md';
export const acmeText = [
  '---',
  'id: acme',
  'name: "Acme, Inc."   # as on the contract',
  'region: EMEA',
  'tier: gold',
  'employeeCount: 1200',
  'created: 2026-01-15',
  '---',
  '# Acme',
  '',
  'They run everything on spreadsheets.',
  '',
].join('\n');

let spaces = 0;

/** A space with a repository of its own, after its only customer has been read. */
export class AcmeSpace {
  readonly id: string;
  /** The entry's path in the API. */
  readonly path: string;
  readonly repository: GitRepository;
  readonly #gitward: TestGitward;

  private constructor(gitward: TestGitward, id: string, repository: GitRepository) {
    this.#gitward = gitward;
    this.id = id;
    this.path = `/v1/spaces/${id}/entries/acme`;
    this.repository = repository;
  }

  static async create(gitward: TestGitward): Promise<AcmeSpace> {
    spaces += 1;
    const id = `sales-${spaces}`;
    const settings = { rules: { publicKinds: [], index: false, notify: { emails: [] } } };
    const repository = await gitward.createSpace(id, { [acmePath]: acmeText }, settings);
    const space = new AcmeSpace(gitward, id, repository);
    await space.until(({ syncStatus }) => syncStatus === 'synced');
    return space;
  }

  entry(): Promise<EntryStatus> {
    return this.#gitward.call('GET', this.path);
  }

  until(wanted: (entry: EntryStatus) => boolean): Promise<EntryStatus> {
    return this.#gitward.untilEntry(this.id, 'acme', wanted);
  }

  /** Saves these fields over the current ones; waits for the commit by default. */
  async save(fields: Record<string, unknown>, { wait = true } = {}): Promise<EntryStatus> {
    const { blob } = await this.entry();
    const path = `${this.path}${wait ? '?wait=commit' : ''}`;
    return this.#gitward.call('PUT', path, { base: blob, fields });
  }
}
