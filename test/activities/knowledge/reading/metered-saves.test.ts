import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { customer, spacesUnderTest } from '../spaces-under-test.ts';

const { space, meter, db } = await spacesUnderTest();

it('counts saves that were read back, from when they were accepted, each once', async () => {
  const under = await space({ 'knowledge/customers/acme.md': customer('acme') });
  await under.sync();
  expect(meter.saves).toEqual([]);
  await under.save('acme', { text: customer('acme', ['tier: gold']) });
  await under.save('beta', { text: customer('beta') });
  await sql`UPDATE saves SET created_at = created_at - interval '20 s' WHERE entry_id = 'acme'`.execute(
    db,
  );
  await under.syncAndLoseWorker();
  expect(meter.saves).toEqual([]);
  await under.sync();
  await under.sync();
  const [slow = 0, quick = 0, ...more] = meter.saves.toSorted((one, other) => other - one);
  expect(more).toEqual([]);
  expect(slow).toBeGreaterThanOrEqual(20);
  expect(slow).toBeLessThan(60);
  expect(quick).toBeGreaterThanOrEqual(0);
  expect(quick).toBeLessThan(20);
});
