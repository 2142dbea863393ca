import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { recordPush } from '../../../../db/streams/pushed-commits.ts';
import { createGitClones } from '../../../../git/clones/clones.ts';
import { mirrorStream } from '../../../../model/mirror/ids.ts';
import type { PlatformProject } from '../../../../model/platform/project.ts';
import { createAddressPolicy } from '../../../../network/address-policy.ts';
import { GitServer } from '../../../../examples/git-server/git-server.ts';
import { render } from '../../../platforms/keboola/platform-project.ts';
import { textsOf } from '../../../platforms/keboola/rendered-texts.ts';
import type { GitRepository } from '../../../support/git-repository.ts';
import { apiUnderTest, type Answer, type ApiUnderTest } from '../../api-under-test.ts';

/** A mirror of branch 1000 of a Keboola project, whose repository tests fill. */
export interface MirrorUnderTest {
  projectId: string;
  repository: GitRepository;
  /** Commits the files of a project, as the mirror would, and returns the commit's id. */
  deliver(project: PlatformProject, more?: Record<string, string | null>): Promise<string>;
  /** Says that the mirror delivered this commit. */
  noteDelivered(sha: string): Promise<void>;
  /** Reads a route of the mirror: `tree?path=configs`. */
  get(route: string, token?: string | null): Promise<Answer>;
}

/** An API on a real Git server, with real clones. */
export interface ReadingUnderTest {
  api: ApiUnderTest;
  server: GitServer;
  mirror: (
    projectId: string,
    subdirectory?: string,
    repository?: GitRepository,
  ) => Promise<MirrorUnderTest>;
}

export const branchId = '1000';
let count = 0;

export async function readingUnderTest(): Promise<ReadingUnderTest> {
  const server = await GitServer.start({ credential: null });
  const directory = await mkdtemp(join(tmpdir(), 'reading-'));
  const clones = await createGitClones({
    cacheDirectory: directory,
    policy: createAddressPolicy({ allowPrivateNetwork: true, allowFileRepositories: false }),
  });
  const api = await apiUnderTest({ clones });
  afterAll(async () => {
    await clones.close();
    await server.close();
    await rm(directory, { recursive: true, force: true });
  });

  return {
    api,
    server,
    async mirror(projectId, subdirectory = 'mirror', given) {
      count += 1;
      const name =
        given === undefined
          ? `r${count}`
          : given.directory
              .split('/')
              .at(-1)!
              .replace(/\.git$/, '');
      const repository = given ?? (await server.createRepository(name));
      api.source.projectId = projectId;
      api.source.branches = [{ id: branchId, name: 'Main', isDefault: true }];
      await api.call('POST', '/v1/projects', {
        id: projectId,
        source: { kind: 'keboola', url: 'https://keboola.example', token: 'a-token-of-tests' },
      });
      const base = `/v1/projects/${projectId}/mirrors/${branchId}`;
      const made = await api.call('PUT', base, {
        repository: { url: server.url(name), branch: 'main', subdirectory },
      });
      if (made.status !== 201) throw new Error(made.text);
      const stream = mirrorStream({ projectId, branchId });
      let last: Record<string, string> = {};
      let time = 1_700_000_000;
      async function noteDelivered(sha: string): Promise<void> {
        await recordPush(api.db, stream, [{ sha, batches: [] }]);
        await api.db
          .updateTable('mirrors')
          .set({ deliveredSha: sha })
          .where('projectId', '=', projectId)
          .execute();
      }
      return {
        projectId,
        repository,
        noteDelivered,
        async deliver(project, more = {}) {
          const texts = textsOf(render(project));
          const files: Record<string, string | null> = {};
          for (const path of Object.keys(last)) if (!(path in texts)) files[path] = null;
          for (const [path, text] of Object.entries(texts))
            if (last[path] !== text) files[path] = text;
          last = texts;
          const below = Object.entries({ ...files, ...more }).map(
            ([path, text]) =>
              [subdirectory === '' ? path : `${subdirectory}/${path}`, text] as const,
          );
          time += 60;
          const sha = await repository.commit({ files: Object.fromEntries(below), at: time });
          await noteDelivered(sha);
          return sha;
        },
        get: (route, token) => api.call('GET', `${base}/${route}`, undefined, token),
      };
    },
  };
}
