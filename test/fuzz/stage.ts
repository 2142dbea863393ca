import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, call } from '../chaos/driver/ask.ts';
import { mirrorKey, mirrorPath } from '../chaos/driver/stage.ts';
import type { World } from '../chaos/world.ts';

/** The roles that a run is made as; `reader` first, because it cannot end what the next one needs. */
export const roles = ['reader', 'admin'] as const;
export type FuzzingRole = (typeof roles)[number];

/** What exists when a round begins, and whom it is fuzzed as. */
export interface RoundStage {
  token: { id: string; token: string };
  /** Parameter of a path → values of it that exist. */
  known: Record<string, string[]>;
}

/**
 * Adds what a round may break: a space of its own with entries of all kinds, drafts and saves, and a token; enables the
 * mirror again if the round before has ended it.
 */
export async function setRoundStage(
  world: World,
  round: number,
  role: FuzzingRole,
): Promise<RoundStage> {
  const token = await call<{ id: string; token: string }>(world, 'POST', '/v1/tokens', {
    ...{ name: `fuzzer ${round}`, role, projects: null, spaces: null },
  });
  const space = `docs-${round}`;
  const repository = await world.createRepository(space);
  await repository.commit({ files, message: 'Begin' });
  const { username, password } = world.credential;
  const url = world.repositoryUrl(space);
  const stored = { name: space, username, origin: new URL(url).origin, token: password };
  const credential = await call<{ id: string }>(world, 'POST', '/v1/credentials', stored);
  const place = { url, branch: 'main', credentialId: credential.id };
  await call(world, 'POST', '/v1/spaces', { id: space, name: 'Docs', repository: place });
  await addProject(world);
  await enableMirror(world, round, credential.id);
  await until(world, `/v1/spaces/${space}/entries/page`);
  const draft = randomUUID();
  const text = files['knowledge/documents/page.md'].replace('Hello', 'Hello again');
  const { blob } = await call<{ blob: string }>(world, 'GET', `/v1/spaces/${space}/entries/page`);
  const written = { entry: 'page', base: blob, text, revision: 0 };
  // Drafts are private, and a reader has none.
  const own = { token: token.token, body: written };
  if (role === 'admin') await ask(world, 'PUT', `/v1/spaces/${space}/drafts/${draft}`, own);
  return {
    token,
    known: {
      project: [mirrorKey.projectId],
      branch: [mirrorKey.branchId, 'default'],
      space: [space],
      entry: ['page', 'call'],
      prompt: ['call'],
      template: ['offer'],
      environment: ['production'],
      draft: [draft],
    },
  };
}

/** Adds the project again if the round before has removed it. */
async function addProject(world: World): Promise<void> {
  const source = { kind: 'keboola', url: world.sourceUrl, token: 'storage-api-token' };
  const body = { id: mirrorKey.projectId, name: 'Shop', source };
  const answer = await ask(world, 'POST', '/v1/projects', { body });
  if (answer?.status !== 201 && answer?.status !== 409)
    throw new Error(`The project could not be added: ${JSON.stringify(answer)}`);
}

async function enableMirror(world: World, round: number, credentialId: string): Promise<void> {
  const name = `mirror-${round}`;
  await world.createRepository(name);
  const body = { repository: { url: world.repositoryUrl(name), branch: 'main', credentialId } };
  await call(world, 'PUT', mirrorPath, body);
  await call(world, 'POST', `${mirrorPath}/actions/resume`);
}

async function until(world: World, path: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while ((await ask(world, 'GET', path))?.status !== 200) {
    if (Date.now() > deadline) throw new Error(`There is still no ${path} after a minute.`);
    await sleep(200);
  }
}

const files = {
  'knowledge/documents/page.md': '---\nid: page\ntitle: A page\n---\n# A page\n\nHello.\n',
  'knowledge/prompts/system/call.md':
    '---\nid: call\ntitle: First call\nvariables:\n  - name: company\n---\nCall {{company}}.\n',
  'knowledge/templates/documents/offer.md':
    '---\nid: offer\ntitle: An offer\n---\nDear {{name}},\n',
  'knowledge/environments/production.md':
    '---\nid: production\ntitle: Production\nref: main\n---\n',
};
