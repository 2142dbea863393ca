import { describe, expect, it } from 'vitest';
import { wantResync, markEnding } from '../../../db/mirror/mirror-marks.ts';
import {
  findMirror,
  markMirror,
  putMirror,
  type MirrorSettings,
} from '../../../db/mirror/mirrors.ts';
import type { CommitReason } from '../../../model/streams/commit.ts';
import type { MirrorPolicy } from '../../../model/mirror/mirror.ts';
import { defaultSamples } from '../../../model/mirror/samples.ts';
import { testDatabase } from '../../support/postgres.ts';

const { db } = await testDatabase();
await db.insertInto('projects').values({ id: 'p', name: 'P', sourceKind: 'sample' }).execute();

const policy: MirrorPolicy = {
  secrets: 'encrypted',
  samples: defaultSamples,
  jobs: { enabled: false, retainDays: 30, include: 'all' },
  storage: { volatile: false },
  branchPath: 'name',
  notify: { emails: [] },
};
const withSamples: MirrorPolicy = { ...policy, samples: { ...defaultSamples, enabled: true } };
const withoutSecrets: MirrorPolicy = { ...policy, secrets: 'omitted' };

let mirrors = 0;

/** A mirror with or without its first commit; `put` changes it as a person does. */
async function mirror({ initialized = true, waiting = null as CommitReason | null } = {}) {
  mirrors += 1;
  const key = { projectId: 'p', branchId: String(mirrors) };
  const put = (changes: Partial<MirrorSettings> & { subdirectory?: string }) => {
    const { subdirectory = '', ...settings } = changes;
    const url = `https://git.example/${key.branchId}.git`;
    const repository = { url, branch: 'main', subdirectory, credentialId: null };
    return db
      .transaction()
      .execute((trx) => putMirror(trx, key, { repository, policy, adopt: false, ...settings }));
  };
  await put({});
  if (initialized)
    await db
      .updateTable('mirrors')
      .set({ initializedAt: new Date(), resyncReason: null })
      .where('branchId', '=', key.branchId)
      .execute();
  if (waiting === 'adopt') await markMirror(db, key, 'adopt');
  else if (waiting !== null) await wantResync(db, key, waiting);
  const reason = async () => (await findMirror(db, key))?.resyncReason;
  return { key, put, reason };
}

describe('a waiting full render', () => {
  it.each([
    { waiting: null, asked: withSamples, reason: 'samples' },
    { waiting: null, asked: policy, reason: null },
    { waiting: 'policy', asked: withSamples, reason: 'policy' },
    { waiting: 'samples', asked: withoutSecrets, reason: 'policy' },
    { waiting: 'recovery', asked: withSamples, reason: 'samples' },
    { waiting: 'adopt', asked: withSamples, reason: 'adopt' },
    { waiting: 'adopt', asked: withoutSecrets, reason: 'adopt' },
    { waiting: 'adopt', asked: policy, reason: 'adopt' },
  ] as const)(
    'for $waiting has the reason $reason after the settings were changed',
    async ({ waiting, asked, reason }) => {
      const { put, reason: now } = await mirror({ waiting });
      await put({ policy: asked });
      expect(await now()).toBe(reason);
    },
  );

  it('is the first one, or an adoption, until the first commit', async () => {
    const first = await mirror({ initialized: false });
    await first.put({ policy: withSamples });
    expect(await first.reason()).toBe('initial');
    const adopted = await mirror({ initialized: false, waiting: 'adopt' });
    await adopted.put({ policy: withSamples });
    expect(await adopted.reason()).toBe('adopt');
  });

  it('is requested if the mirror was about to end', async () => {
    const { key, put, reason } = await mirror();
    const ending = { kind: 'deleted' as const, at: new Date().toISOString(), by: null };
    await db.transaction().execute((trx) => markEnding(trx, key, ending));
    await put({});
    expect(await reason()).toBe('catch-up');
  });

  it('adopts one place only, and nothing after the mirror has ended', async () => {
    const moved = await mirror({ waiting: 'adopt' });
    await moved.put({ subdirectory: 'elsewhere' });
    expect(await moved.reason()).toBe('initial');

    for (const initialized of [true, false]) {
      const ended = await mirror({ initialized, waiting: 'adopt' });
      await markMirror(db, ended.key, 'end');
      await ended.put({});
      expect(await ended.reason()).toBe(initialized ? 'catch-up' : 'initial');
    }
  });
});
