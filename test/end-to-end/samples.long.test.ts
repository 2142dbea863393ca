import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { TestGitward, type StatusView } from '../support/gitward.ts';

interface SampledStatus extends StatusView {
  samples: { state: string; reason: string };
  visibility: { result: string; reason: string } | null;
}

let gitward: TestGitward;
let credential: { username: string; password: string } | null;

beforeAll(async () => {
  gitward = await TestGitward.start({ GITWARD_CATCH_UP_INTERVAL: '3s' });
  credential = gitward.git.credential;
  gitward.platform.putTable('in.c-crm.people', {
    columns: ['id', 'city'],
    preview: [
      ['2', 'Brno'],
      ['1', 'Praha'],
    ],
  });
});
afterAll(() => gitward.stop());

const sample = 'storage/samples/in.c-crm/people.csv';

/** Sets whether anyone can read the repository without a credential. */
async function makePublic(isPublic: boolean): Promise<void> {
  gitward.git.credential = isPublic ? null : credential;
  // Makes the last answer look older than five minutes.
  const checkedAt = new Date(Date.now() - 600_000);
  await gitward.database.db.updateTable('visibilities').set({ checkedAt }).execute();
}

function status(): Promise<SampledStatus> {
  return gitward.call('GET', gitward.mirrorPath);
}

async function filesAtTip(): Promise<Record<string, string>> {
  return (await gitward.repository.tip()) === null ? {} : gitward.repository.files();
}

const patience = { timeout: 60_000, interval: 250 };

describe('samples of tables', () => {
  it('are never sent to a public repository, and the status says why', async () => {
    const { username, password } = credential!;
    const { id } = await gitward.call<{ id: string }>('POST', '/v1/credentials', {
      name: 'git server',
      origin: gitward.git.url('mirror'),
      username,
      token: password,
    });
    await makePublic(true);
    const place = { url: gitward.git.url('mirror'), branch: 'main', credentialId: id };
    const preview = await gitward.call<{ repository: object; warnings: { first: string[] } }>(
      'POST',
      `/v1/projects/${gitward.platform.projectId}/mirrors/preview`,
      { repository: place, samples: { enabled: true } },
    );
    expect(preview.repository).toMatchObject({ reachable: true, visibility: 'public' });
    expect(preview.warnings.first).toContainEqual(
      expect.stringContaining('No samples would be written'),
    );
    const answer = await gitward.call<SampledStatus>('PUT', gitward.mirrorPath, {
      repository: place,
      samples: { enabled: true },
    });
    expect(answer.visibility).toMatchObject({ result: 'public' });
    expect(answer.samples).toMatchObject({
      state: 'off',
      reason: expect.stringContaining('can be read without any credential'),
    });
    await gitward.until('synced');
    // The same holds after some catch-ups.
    const commits = (await gitward.repository.log()).length;
    gitward.platform.importTable('in.c-crm.people');
    await new Promise((resolve) => setTimeout(resolve, 8_000));
    expect(gitward.platform.calls['data-preview']).toBe(0);
    expect(await gitward.repository.log()).toHaveLength(commits);
    const everything = await gitward.repository.git(['log', '--format=', '--name-only', 'main']);
    expect(everything.toString()).not.toContain('storage/samples');
    expect((await status()).samples.state).toBe('off');
    expect((await filesAtTip())['ai/README.md']).not.toContain('storage/samples');
  });

  it('are sent once the repository is private', async () => {
    await makePublic(false);
    await vi.waitFor(
      async () => expect((await filesAtTip())[sample]).toBe('id,city\r\n1,Praha\r\n2,Brno\r\n'),
      patience,
    );
    expect((await status()).samples).toMatchObject({ state: 'on' });
    // The guide mentions them from the same commit on.
    expect(await gitward.repository.changedPaths()).toEqual(['ai/README.md', sample]);
    expect((await filesAtTip())['ai/README.md']).toContain('| `storage/samples/<bucket>/` |');
  });

  it('are removed in a commit of their own when the repository is public again', async () => {
    await makePublic(true);
    await vi.waitFor(async () => expect(await filesAtTip()).not.toHaveProperty([sample]), patience);
    const [last] = await gitward.repository.log();
    expect(last!.message).toContain('Gitward-Reason: samples');
    expect(await gitward.repository.changedPaths()).toEqual(['ai/README.md', sample]);
    await gitward.until('synced');
    expect(await status()).toMatchObject({
      samples: { state: 'off' },
      visibility: { result: 'public' },
    });
  });
});
