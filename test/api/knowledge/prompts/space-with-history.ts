import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { insertCommits } from '../../../../db/knowledge/history/space-commits.ts';
import { jsonb } from '../../../../db/storable.ts';
import { GitServer } from '../../../../examples/git-server/git-server.ts';
import { createGitClones } from '../../../../git/clones/clones.ts';
import { createGitTextTools } from '../../../../git/clones/text-tools.ts';
import { textBlobId } from '../../../../knowledge/entries/blob-id.ts';
import { readEntry } from '../../../../knowledge/entries/read-entry.ts';
import { builtInKinds, kindOfPath } from '../../../../knowledge/kinds/kinds.ts';
import { createAddressPolicy } from '../../../../network/address-policy.ts';
import type { GitRepository } from '../../../support/git-repository.ts';
import { apiUnderTest, type ApiUnderTest } from '../../api-under-test.ts';

/** A space `sales` over a real repository, with an API that reads its history. */
export interface SpaceWithHistory {
  api: ApiUnderTest;
  repository: GitRepository;
  /** Commits these files below `knowledge/`, and stores what a sync would; returns the commit. */
  push: (files: Record<string, string | null>, daysAgo?: number) => Promise<string>;
  /** Takes over what was saved through the API, as a sync would; returns the commit. */
  deliver: () => Promise<string>;
}

const author = { name: 'Eva', email: 'eva@example.com' };

/** Makes the space, on a Git server and a database of its own. */
export async function spaceWithHistory(): Promise<SpaceWithHistory> {
  const server = await GitServer.start({ credential: null });
  const directory = await mkdtemp(join(tmpdir(), 'prompts-'));
  const clones = await createGitClones({
    cacheDirectory: join(directory, 'clones'),
    policy: createAddressPolicy({ allowPrivateNetwork: true, allowFileRepositories: false }),
  });
  const texts = createGitTextTools({ directory: join(directory, 'texts') });
  const api = await apiUnderTest({ clones, texts });
  const { db } = api;
  afterAll(async () => {
    await clones.close();
    await server.close();
    await rm(directory, { recursive: true, force: true });
  });
  const repository = await server.createRepository('sales');
  await db
    .insertInto('spaces')
    .values({
      ...{ id: 'sales', name: 'Sales', root: 'knowledge', repositoryBranch: 'main' },
      repositoryUrl: server.url('sales'),
      rules: jsonb({ publicKinds: [], index: false, notify: { emails: [] } }),
    })
    .execute();
  let position = 0;

  async function push(files: Record<string, string | null>, daysAgo = 0): Promise<string> {
    const at = Math.floor(Date.now() / 1000) - daysAgo * 86_400;
    const below = Object.entries(files).map(([path, text]) => [`knowledge/${path}`, text] as const);
    const message = 'A change';
    const sha = await repository.commit({ files: Object.fromEntries(below), message, at, author });
    position += 1;
    const when = new Date(at * 1000);
    const commit = { position, sha, author, authoredAt: when, effectiveAt: when };
    const versions = below.flatMap(([path, text]) => {
      const kind = kindOfPath(builtInKinds, 'knowledge', path);
      if (kind === null) return [];
      const read = text === null ? null : readEntry(text, kind);
      const entryId = read?.id ?? path.replace(/^.*\/|\.md$/g, '');
      const blobId = text === null ? null : textBlobId(text);
      return { ...{ position, entryId, kind: kind.name, path, previousPath: null, blobId }, read, text }; // prettier-ignore
    });
    await db.transaction().execute(async (trx) => {
      if (versions.length > 0)
        await insertCommits(trx, 'sales', [{ ...commit, subject: message, via: 'push' }], versions);
      await trx.updateTable('spaces').set({ syncedSha: sha }).execute();
      for (const { entryId: id, kind, path, blobId, read, text } of versions) {
        await trx.deleteFrom('entries').where('id', '=', id).execute();
        if (read === null) continue;
        await trx
          .insertInto('entries')
          .values({
            ...{ spaceId: 'sales', id, kind, path, declaredId: id, title: read.title },
            ...{ fields: jsonb(read.fields), problems: '[]', headBlob: blobId, headText: text },
            ...{ gitBlob: blobId, commitSha: sha, updatedAt: when },
          })
          .execute();
      }
    });
    return sha;
  }

  return {
    api,
    repository,
    push,
    async deliver() {
      const saved = await db
        .selectFrom('entries')
        .selectAll()
        .where('waiting', '=', true)
        .execute();
      const files = saved.map(({ path, headText }) => [path.replace(/^knowledge\//, ''), headText]);
      await db.updateTable('saves').set({ state: 'delivered' }).execute();
      return push(Object.fromEntries(files) as Record<string, string | null>);
    },
  };
}
