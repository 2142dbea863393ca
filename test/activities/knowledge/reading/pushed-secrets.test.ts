import { expect, it } from 'vitest';
import { listFindings } from '../../../../db/streams/secret-findings.ts';
import { SeededSigns } from '../../../secrets/seeded-signs.ts';
import { trueSecrets } from '../../../secrets/true-secrets.ts';
import { storeOperation } from '../operations-under-test.ts';
import { customer, spacesUnderTest } from '../spaces-under-test.ts';

const shared = await spacesUnderTest();
const { space } = shared;
const acme = 'knowledge/customers/acme.md';
const beta = 'knowledge/customers/beta.md';
const secret = trueSecrets['a token of GitHub']?.(new SeededSigns(31)).text ?? '';

type Space = Awaited<ReturnType<typeof space>>;
const findings = ({ db, id }: Space) => listFindings(db, `space/${id}`, { after: null, limit: 10 });

it('a secret that is pushed is reported by path and line, and stays as it was written', async () => {
  const text = `${customer('acme')}\nUse ${secret}.\n`;
  const under = await space({ [acme]: text, [beta]: customer('beta') });
  await under.sync();
  const [found] = await findings(under);
  const line = text.split('\n').findIndex((one) => one.includes(secret)) + 1;
  expect(found).toMatchObject({ path: acme, line, rule: 'github', masked: false });
  expect(JSON.stringify(await findings(under))).not.toContain(secret);
  expect((await under.repository.files())[acme]).toBe(text);

  const files = { [acme]: null, 'knowledge/customers/acme-inc.md': text };
  await under.repository.commit({ files });
  await under.sync();
  expect(await findings(under)).toMatchObject([{ path: 'knowledge/customers/acme-inc.md' }]);
  await under.repository.commit({ files: { 'knowledge/customers/acme-inc.md': customer('acme') } });
  await under.sync();
  expect(await findings(under)).toEqual([]);
});

it('nothing is reported of what the space allows, or if it does not look', async () => {
  const text = `${customer('acme')}\nUse ${secret}.\n`;
  const allowed = await space(
    { [acme]: text },
    { allowedSecrets: { paths: ['knowledge/customers/*'], fingerprints: [] } },
  );
  await allowed.sync();
  expect(await findings(allowed)).toEqual([]);
  const off = await space({ [acme]: text }, { secretsInText: 'off' });
  await off.sync();
  expect(await findings(off)).toEqual([]);
});

it('an import refuses the item that has a secret, says where, and goes on with the others', async () => {
  const under = await space({});
  await under.sync();
  const items = {
    'customers/acme.md': `${customer('acme')}\nUse ${secret}.\n`,
    'customers/beta.md': customer('beta'),
  };
  const operation = await storeOperation(shared, under, 'import', { items });
  await operation.run();
  const [refused, created] = await operation.items();
  expect(refused).toMatch(
    /^customers\/acme.md: failed: Line \d+ has what looks like a secret \(github\)/,
  );
  expect(refused).not.toContain(secret);
  expect(created).toBe('customers/beta.md: created');
  expect(Object.keys(await under.repository.files())).not.toContain(acme);
});
