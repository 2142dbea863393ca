import { expect, it } from 'vitest';
import { insertPerson, putProviderPerson, updatePerson } from '../../../db/access/people.ts';
import { createToken, listAdminEmails } from '../../../db/access/tokens.ts';
import { testDatabase } from '../../support/postgres.ts';

const { db } = await testDatabase();
const all = { projects: null, spaces: null };
const admin = (name: string) => ({ name, email: `${name}@example.com`, role: 'admin' as const, ...all }); // prettier-ignore

it('admins are told by mail, whether they have a token or sign in', async () => {
  await createToken(db, { kind: 'person', ...admin('ada') });
  await createToken(db, { kind: 'machine', ...admin('machine') });
  await insertPerson(db, admin('eva'));
  await insertPerson(db, admin('ada'));
  await insertPerson(db, { ...admin('kim'), role: 'operator' });
  const gone = await insertPerson(db, admin('gone'));
  await updatePerson(db, gone.id, { ...admin('gone'), isDisabled: true });
  expect(await listAdminEmails(db)).toEqual(['ada@example.com', 'eva@example.com']);
});

it('a person of a provider is known by issuer and subject, never by e-mail', async () => {
  const at = { issuer: 'https://id.example', subject: '1' };
  const first = await putProviderPerson(db, at, { ...admin('zoe'), role: 'reader' });
  const renamed = await putProviderPerson(db, at, { ...admin('zoe2'), role: 'editor' });
  expect(renamed).toMatchObject({ id: first.id, name: 'zoe2', role: 'editor' });
  const facts = { ...admin('zoe2'), role: 'reader' as const };
  const other = await putProviderPerson(db, { ...at, subject: '2' }, facts);
  const elsewhere = await putProviderPerson(db, { ...at, issuer: 'https://x.example' }, facts);
  expect(new Set([first.id, other.id, elsewhere.id]).size).toBe(3);
  await updatePerson(db, first.id, { ...facts, isDisabled: true });
  const back = await putProviderPerson(db, at, facts);
  expect(back.disabledAt).toEqual(expect.any(Date));
});
