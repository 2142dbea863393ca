import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test, vi } from 'vitest';
import type { GitRepository } from '../support/git-repository.ts';
import { TestGitward, type StatusView } from '../support/gitward.ts';
import { expectedFiles, keboolaCases, type KeboolaCase } from '../support/mirror/keboola-cases.ts';
import { startStorageApi, type StorageApi } from '../../examples/storage-api/storage-api.ts';

const cases = keboolaCases();
const single = cases.filter(
  ({ directory }) =>
    (JSON.parse(readFileSync(join(directory, 'api/dev-branches.json'), 'utf8')) as unknown[])
      .length === 1,
);
const manifestPath = '.keboola/manifest.json';

test.skipIf(cases.length > 0)(
  '../shared/keboola/cases does not exist, so the CLI cases are not mirrored',
  () => undefined,
);

describe.skipIf(cases.length === 0).concurrent('the mirror of a case of the Keboola CLI', () => {
  let gitward: TestGitward;
  let credentialId: string;
  let scratch: string;
  const platforms: StorageApi[] = [];

  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'keboola-cases-'));
    gitward = await TestGitward.start({ GITWARD_WINDOW: '300ms' });
    const { username, password } = gitward.git.credential!;
    ({ id: credentialId } = await gitward.call<{ id: string }>('POST', '/v1/credentials', {
      name: 'git server',
      origin: gitward.git.url('mirror'),
      username,
      token: password,
    }));
  });
  afterAll(async () => {
    await Promise.all(platforms.map((platform) => platform.close()));
    await gitward.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  test.for(single)('equals what the CLI writes: $name', async (keboolaCase, { expect }) => {
    const mirror = await mirrorOf(keboolaCase, single.indexOf(keboolaCase) + 1);
    await mirror.settled();
    expect(await mirror.configs()).toEqual(expectedIn(keboolaCase, mirror.platform));

    // A window only reads what changed; the tree must be exact after it, too.
    const exact = await mirror.configsTree();
    const [branch] = mirror.platform.project.branches;
    for (const { componentId, id, description } of branch!.configurations) {
      const key = { componentId, configId: id };
      await mirror.change(key, { changeDescription: 'Saved as it was' });
      expect(await mirror.configsTree()).toBe(exact);

      await mirror.change(key, { description: 'Another one' });
      const changed = await mirror.lastChangedPaths();
      // The description of what the CLI leaves out is in a folder next to the CLI's.
      expect(changed.filter((path) => !path.startsWith('ai/'))).toEqual([
        expect.stringMatching(/^(?:configs|unlinked)\/main\/.*\/description\.md$/),
      ]);
      await mirror.change(key, { description });
      expect(await mirror.configsTree()).toBe(exact);
    }
  });

  /** A running mirror of the case, with a project id of its own. */
  async function mirrorOf(keboolaCase: KeboolaCase, projectId: number) {
    const directory = join(scratch, keboolaCase.name);
    cpSync(join(keboolaCase.directory, 'api'), directory, { recursive: true });
    const tokenPath = join(directory, 'tokens-verify.json');
    const owner = readFileSync(tokenPath, 'utf8').replace(/12345/g, String(projectId));
    writeFileSync(tokenPath, owner);
    const platform = await startStorageApi({ directory });
    platforms.push(platform);
    const repository = await gitward.git.createRepository(keboolaCase.name);
    const { url, token } = platform;
    const source = { kind: 'keboola', url, token };
    await gitward.call('POST', '/v1/projects', { id: platform.projectId, source });
    const path = `/v1/projects/${platform.projectId}/mirrors`;
    await gitward.call('PUT', `${path}/default`, {
      repository: { url: gitward.git.url(keboolaCase.name), branch: 'main', credentialId },
    });
    return new CaseMirror(gitward, `${path}/1000`, platform, repository);
  }
});

class CaseMirror {
  readonly platform: StorageApi;
  readonly #gitward: TestGitward;
  readonly #path: string;
  readonly #repository: GitRepository;

  constructor(gitward: TestGitward, path: string, platform: StorageApi, repository: GitRepository) {
    this.#gitward = gitward;
    this.#path = path;
    this.platform = platform;
    this.#repository = repository;
  }

  /** Saves a configuration, sends the event, and waits until Git has the change. */
  async change(...change: Parameters<StorageApi['change']>): Promise<void> {
    await this.#gitward.send([this.platform.change(...change)]);
    await this.settled();
  }

  async settled(): Promise<void> {
    await vi.waitFor(
      async () => {
        const status = await this.#gitward.call<StatusView>('GET', this.#path);
        if (status.state !== 'synced' || status.pendingChanges > 0)
          throw new Error(`Not synced: ${JSON.stringify(status)}\n${this.#gitward.warnings()}`);
      },
      { timeout: 30_000, interval: 50 },
    );
  }

  /** The paths that the last commit changed. */
  lastChangedPaths(): Promise<string[]> {
    return this.#repository.changedPaths();
  }

  /** The files below `configs/` (path → content), besides the attributes, which only Git looks at. */
  async configs(): Promise<Record<string, string>> {
    const { '.gitattributes': attributes, ...files } = await this.#repository.files(
      await this.configsTree(),
    );
    if (attributes === undefined) throw new Error('The folder has no attributes.');
    return files;
  }

  /** The id of the tree `configs/`. */
  async configsTree(): Promise<string> {
    return (await this.#repository.git(['rev-parse', 'main:configs'])).toString().trim();
  }
}

/** What the CLI wrote, with the address of the stand-in and the only branch that a mirror has. */
function expectedIn(keboolaCase: KeboolaCase, platform: StorageApi): Record<string, string> {
  const files = expectedFiles(keboolaCase);
  const manifest = (files.get(manifestPath) ?? '')
    .replace('"id": 12345,', `"id": ${platform.projectId},`)
    .replace('"apiHost": "connection.keboola.example"', `"apiHost": "${platform.url}"`)
    .replace(/"allowedBranches": \[[^\]]*\]/, '"allowedBranches": [\n    "__main__"\n  ]');
  return Object.fromEntries(files.set(manifestPath, manifest));
}
