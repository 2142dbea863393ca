import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Agent } from 'undici';
import { afterAll, describe, expect, test } from 'vitest';
import { createReviewHosts } from '../../hosts/reviews/create-review-hosts.ts';
import { gitEnvironment, GitRepository } from '../support/git-repository.ts';
import { givenGitea, prepareGitea } from '../support/review-hosts/real-gitea.ts';
import { tellTheStory } from './review-story.ts';

const given = givenGitea();
if (given === null)
  console.info('The tests with a real Gitea are skipped: GITWARD_TEST_GITEA names none.');

const dispatcher = new Agent();
const { signal } = new AbortController();
afterAll(() => dispatcher.close());

describe.skipIf(given === null)('a real Gitea', () => {
  test(
    'tells the same story as the stand-in, with a protected branch',
    { timeout: 180_000 },
    async () => {
      const gitea = await prepareGitea(given!);
      const hosts = createReviewHosts({ dispatcher, known: [] });
      await tellTheStory({
        ...gitea,
        async as(who) {
          const { url, credential } = gitea;
          const host = await hosts.open({ url, credential: credential(who) }, { signal });
          expect(host?.kind).toBe('gitea');
          return host!;
        },
      });
    },
  );

  test('refuses a push to the protected branch in the words that the stand-in uses', async () => {
    const gitea = await prepareGitea(given!);
    const directory = await mkdtemp(join(tmpdir(), 'pushed-'));
    try {
      const repository = await GitRepository.create(directory);
      await repository.commit({ files: { 'a.md': 'text\n' } });
      const { username, password } = gitea.credential('author');
      const remote = gitea.url.replace('//', `//${username}:${password}@`);
      const push = promisify(execFile)('git', ['push', '--force', remote, 'main:main'], {
        cwd: directory,
        env: gitEnvironment(directory),
      });
      await expect(push).rejects.toThrow(/protected branch/i);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
});
