import { expect, it } from 'vitest';
import { customer, eva, jan, spacesUnderTest } from './spaces-under-test.ts';

const { space } = await spacesUnderTest();

const acme = 'knowledge/customers/acme.md';
const beta = 'knowledge/customers/beta.md';
const executable = (text: string) => ({ mode: '100755' as const, text });

it('an executable file stays executable through edits, merges and a restore', async () => {
  const under = await space({ [beta]: customer('beta') }, { index: true });
  const first = customer('acme', ['region: EMEA']);
  await under.repository.commit({ files: { [acme]: executable(first) } });
  await under.sync();
  // Two people in one delivery: the second commit finds the file as the first one left it.
  await under.save('acme', { text: customer('acme', ['region: APAC']), person: eva });
  await under.save('acme', { text: customer('acme', ['region: LATAM']), person: jan });
  await under.save('beta', { text: customer('beta', ['region: EMEA']), person: jan });
  expect(await under.sync()).toMatchObject({ commits: 2 });
  expect(await modes(under)).toEqual([`100755 ${acme}`, `100644 ${beta}`]);

  await under.save('acme', { text: customer('acme', ['region: LATAM', 'tier: gold']) });
  await under.repository.commit({
    files: { [acme]: executable(customer('acme', ['region: EMEA'])) },
  });
  await under.sync();
  expect(await under.repository.read(acme)).toContain('region: EMEA\ntier: gold');
  expect(await modes(under)).toEqual([`100755 ${acme}`, `100644 ${beta}`]);

  await under.save('acme', { text: first, action: 'restore' });
  await under.sync();
  expect(await under.repository.read(acme)).toBe(first);
  expect(await modes(under)).toEqual([`100755 ${acme}`, `100644 ${beta}`]);
});

it('the mode is what Git has at the moment of the commit', async () => {
  const under = await space({ [acme]: customer('acme'), [beta]: customer('beta') });
  await under.repository.commit({ files: { [beta]: executable(customer('beta')) } });
  await under.sync();
  await under.save('acme', { text: customer('acme', ['tier: gold']) });
  await under.save('beta', { text: customer('beta', ['tier: gold']) });
  const moved = 'knowledge/customers/emea/acme.md';
  await under.repository.commit({
    files: {
      ...{ [acme]: null, [moved]: executable(customer('acme')) },
      [beta]: customer('beta'),
    },
    message: 'Swap the modes, and move one',
  });
  await under.sync();
  expect(await under.repository.read(moved)).toContain('tier: gold');
  expect(await under.repository.read(beta)).toContain('tier: gold');
  expect(await modes(under)).toEqual([`100644 ${beta}`, `100755 ${moved}`]);
});

it('a file that was removed and made again is an ordinary file', async () => {
  const under = await space({ [beta]: customer('beta') });
  await under.repository.commit({ files: { [acme]: executable(customer('acme')) } });
  await under.sync();
  await under.save('acme', { text: null, person: eva });
  await under.save('acme', { text: customer('acme', ['tier: gold']), person: jan, base: null });
  expect(await under.sync()).toMatchObject({ commits: 2 });
  expect(await modes(under)).toEqual([`100644 ${acme}`, `100644 ${beta}`]);
});

/** The modes and paths of the customers. */
async function modes(under: Awaited<ReturnType<typeof space>>): Promise<string[]> {
  return (await under.repository.tree()).filter((line) => line.includes('/customers/'));
}
