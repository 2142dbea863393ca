import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { listFindings } from '../../../db/streams/secret-findings.ts';
import type { MirrorPolicy } from '../../../model/mirror/mirror.ts';
import { defaultSamples } from '../../../model/mirror/samples.ts';
import { secretPlaceholder } from '../../../model/text/secrets-in-text.ts';
import { SeededSigns } from '../../secrets/seeded-signs.ts';
import { trueSecrets } from '../../secrets/true-secrets.ts';
import { findInDatabase } from '../../support/search/find-in-database.ts';
import { leaveSecrets, secretsToLeave } from '../../support/mirror/left-secrets.ts';
import { activitiesUnderTest, customers } from '../activities-under-test.ts';

const under = await activitiesUnderTest();
const { db } = under;

type Mirror = Awaited<ReturnType<typeof under.mirror>>;

const signs = new SeededSigns(11);
const made = (kind: string): string => trueSecrets[kind]?.(signs).text ?? '';

const everything: Partial<MirrorPolicy> = {
  samples: { ...defaultSamples, enabled: true },
  jobs: { enabled: true, retainDays: 30, include: 'all' },
};

const findings = ({ stream }: Mirror) => listFindings(db, stream, { after: null, limit: 100 });

describe('a key in SQL, a description, a row, a job, a sample, a column and a change', () => {
  it('is nowhere in Git or the database, and told of by path and line', async () => {
    const mirror = await under.settledMirror({ policy: everything });
    const secrets = secretsToLeave(made);
    await mirror.accept(...leaveSecrets(mirror.platform, secrets));
    await mirror.window();
    await mirror.window({ catchUp: true });
    await mirror.deliver();

    const git = await mirror.repository.everything();
    for (const [place, secret] of Object.entries(secrets)) {
      expect(git.includes(secret), `${place} in Git`).toBe(false);
      expect(await findInDatabase(db, secret), place).toEqual([]);
      expect(JSON.stringify(under.logged)).not.toContain(secret);
    }
    expect(git).toContain(`Now with ${secretPlaceholder}`);
    expect(git).toContain(`SET token = '${secretPlaceholder}';`);
    const found = await findings(mirror);
    expect(found.map(({ rule }) => rule).sort()).toMatchInlineSnapshot(`
      [
        "anthropic",
        "github",
        "gitlab",
        "keboola-token",
        "openai",
        "stripe",
      ]
    `);
    const files = await mirror.repository.files();
    for (const { path, line, column, masked } of found) {
      expect(masked).toBe(true);
      expect(files[path]?.split('\n')[line - 1]?.slice(column - 1)).toMatch(
        new RegExp(`^${secretPlaceholder.replaceAll(/[[\]]/g, '\\$&')}`),
      );
    }
    expect(await mirror.verify()).toEqual({ outcome: 'identical', differenceCount: 0 });
    // A rendering of everything makes the same of it.
    await mirror.mark('adopt');
    expect(await mirror.deliver()).toMatchObject({ commits: 0 });
    expect(await findings(mirror)).toEqual(found);
  });

  it('is in Git if the guard is off, or only warns', async () => {
    for (const secretsInText of ['off', 'warn'] as const) {
      const mirror = await under.settledMirror({ policy: { ...everything, secretsInText } });
      const secrets = secretsToLeave(made);
      await mirror.accept(...leaveSecrets(mirror.platform, secrets));
      await mirror.window();
      await mirror.window({ catchUp: true });
      await mirror.deliver();
      const git = await mirror.repository.everything();
      for (const [place, secret] of Object.entries(secrets))
        expect(git.includes(secret), `${place}, ${secretsInText}`).toBe(true);
      const found = await findings(mirror);
      expect(found.length > 0).toBe(secretsInText === 'warn');
      expect(found.every(({ masked }) => !masked)).toBe(true);
      expect(JSON.stringify(found)).not.toContain(secrets.code);
    }
  });
});

describe('what is masked', () => {
  const withKey = (text: string) => ({ configuration: { parameters: { note: text } } });
  const noteOf = async ({ repository }: Mirror): Promise<string> =>
    (await repository.files())['configs/main/extractor/keboola.ex-aws-s3/customers/config.json'] ??
    '';

  it('is not looked at again while it does not change', async () => {
    const mirror = await under.mirror({ policy: { secretsInText: 'off' } });
    const secret = made('a token of GitHub');
    mirror.platform.change(customers, withKey(`key ${secret}`));
    await mirror.deliver();
    // An installation of before, that had no guard: its settings are the defaults, and nothing was looked at.
    await db
      .updateTable('mirrors')
      .set({ guardedAs: null, policy: sql`policy - 'secretsInText'` })
      .where('projectId', '=', mirror.key.projectId)
      .execute();
    await mirror.window({ catchUp: true });
    await mirror.mark('adopt');
    expect(await mirror.deliver()).toMatchObject({ commits: 0 });
    expect(await noteOf(mirror)).toContain(secret);
    expect(await mirror.verify()).toMatchObject({ outcome: 'identical' });
    // Then the file changes.
    await mirror.accept(mirror.platform.change(customers, withKey(`the key ${secret}`)));
    await mirror.window();
    await mirror.deliver();
    expect(await noteOf(mirror)).not.toContain(secret);
    expect(await findings(mirror)).toMatchObject([{ rule: 'github', masked: true }]);
  });

  it('is told of until the file has no secret any more, or is gone', async () => {
    const mirror = await under.settledMirror();
    const { platform } = mirror;
    const first = made('a token of GitHub');
    await mirror.accept(platform.change(customers, withKey(`key ${first}`)));
    await mirror.window();
    const [found] = await findings(mirror);
    expect(found).toMatchObject({ line: 3, rule: 'github' });
    // Another secret in the same place gives the same file, but is another finding.
    await mirror.accept(platform.change(customers, withKey(`key ${made('a token of GitHub')}`)));
    expect(await mirror.window()).toMatchObject({ files: 0 });
    const [other] = await findings(mirror);
    expect(other).toMatchObject({ path: found?.path, line: 3 });
    expect(other?.fingerprint).not.toBe(found?.fingerprint);
    // Renamed, its file has another path.
    await mirror.accept(platform.change(customers, { name: 'Clients' }));
    await mirror.window();
    expect(await findings(mirror)).toMatchObject([
      { path: expect.stringContaining('/clients/'), fingerprint: other?.fingerprint },
    ]);
    await mirror.accept(platform.change(customers, withKey('no key')));
    await mirror.window();
    expect(await findings(mirror)).toEqual([]);
  });

  it('comes back, or goes, when the settings change', async () => {
    const mirror = await under.settledMirror();
    const secret = made('a token of GitHub');
    await mirror.accept(mirror.platform.change(customers, withKey(`key ${secret}`)));
    await mirror.window();
    await mirror.deliver();
    const [found] = await findings(mirror);
    const allowedSecrets = { paths: [], fingerprints: [found?.fingerprint ?? ''] };
    await mirror.put({ policy: { allowedSecrets } });
    expect(await mirror.row()).toMatchObject({ resyncReason: 'policy' });
    await mirror.deliver();
    expect(await noteOf(mirror)).toContain(secret);
    expect(await findings(mirror)).toEqual([]);
    await mirror.put({ policy: { allowedSecrets: { paths: ['*/other/*'], fingerprints: [] } } });
    await mirror.deliver();
    expect(await noteOf(mirror)).not.toContain(secret);
    await mirror.put({ policy: { secretsInText: 'warn' } });
    await mirror.deliver();
    expect(await noteOf(mirror)).toContain(secret);
    expect(await findings(mirror)).toMatchObject([{ masked: false }]);
    await mirror.put({ policy: { secretsInText: 'off' } });
    await mirror.deliver();
    expect(await findings(mirror)).toEqual([]);
    expect(await mirror.verify()).toMatchObject({ outcome: 'identical' });
  });
});
