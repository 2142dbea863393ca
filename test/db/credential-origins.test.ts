import { randomBytes, randomUUID } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { expect, test } from 'vitest';
import { up } from '../../db/migrations/0016-credential-origins.ts';
import { testDatabase } from '../support/postgres.ts';

const { db } = await testDatabase();

/** A credential from before it had an origin, and the repositories that use it. */
async function credential(
  name: string,
  uses: { mirrors?: string[]; spaces?: string[]; ended?: boolean },
): Promise<void> {
  const id = randomUUID();
  const endedAt = uses.ended === true ? new Date() : null;
  const endedBecause = endedAt === null ? null : 'disabled';
  await sql`
    INSERT INTO credentials (id, name, kind, username, secret)
    VALUES (${id}, ${name}, 'https_token', 'u', ${randomBytes(8)})`.execute(db);
  for (const [index, url] of (uses.mirrors ?? []).entries())
    await sql`
      INSERT INTO mirrors (project_id, branch_id, repository_url, repository_branch, subdirectory,
        credential_id, policy, ended_at, ended_because)
      VALUES ('p', ${`${name}-${index}`}, ${url}, 'main', ${name}, ${id}, '{}', ${endedAt}, ${endedBecause})`.execute(
      db,
    );
  for (const [index, url] of (uses.spaces ?? []).entries())
    await sql`
      INSERT INTO spaces (id, name, repository_url, repository_branch, credential_id, root, rules,
        last_sequence, ended_at)
      VALUES (${`${name}-${index}`}, 's', ${url}, 'main', ${id}, ${name}, '{}', 0, ${endedAt})`.execute(
      db,
    );
}

test('a credential from before is for the one origin of what uses it, and otherwise for none', async () => {
  await sql`ALTER TABLE credentials DROP COLUMN origin`.execute(db);
  await sql`
    INSERT INTO projects (id, name, source_kind) VALUES ('p', 'P', 'sample')`.execute(db);
  const one = 'https://git.example:8443';
  await credential('one', { mirrors: [`${one}/a.git`, `${one}/b.git`], spaces: [`${one}/c.git`] });
  await credential('space', { spaces: ['https://github.com/c.git'] });
  await credential('local', { mirrors: ['file:///srv/a.git', `${one}/a.git`] });
  await credential('two', { mirrors: [`${one}/a.git`], spaces: ['https://git.example/c.git'] });
  await credential('scheme', { mirrors: ['http://a.example/a.git', 'https://a.example/a.git'] });
  await credential('ended', { mirrors: [`${one}/a.git`], spaces: [`${one}/a.git`], ended: true });
  await credential('unused', {});
  await up(db as unknown as Kysely<unknown>);
  const { rows } = await sql<{ name: string; origin: string | null }>`
    SELECT name, origin FROM credentials`.execute(db);
  expect(Object.fromEntries(rows.map(({ name, origin }) => [name, origin]))).toEqual({
    one,
    space: 'https://github.com',
    local: one,
    two: null,
    scheme: null,
    ended: null,
    unused: null,
  });
});
