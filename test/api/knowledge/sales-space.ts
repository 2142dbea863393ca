import type { Db } from '../../../db/connect.ts';
import { jsonb } from '../../../db/storable.ts';
import type { SpaceRules } from '../../../model/knowledge/space.ts';

/** Adds the space `sales`, of whose repository nothing is read. */
export async function insertSalesSpace(db: Db, rules: Partial<SpaceRules> = {}): Promise<void> {
  await db
    .insertInto('spaces')
    .values({
      id: 'sales',
      name: 'Sales',
      repositoryUrl: 'https://example.com/sales.git',
      repositoryBranch: 'main',
      root: 'knowledge',
      rules: jsonb({ publicKinds: [], index: true, notify: { emails: [] }, ...rules }),
    })
    .execute();
}
