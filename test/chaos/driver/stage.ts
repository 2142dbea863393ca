import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { anyChange } from '../../support/mirror/random-changes.ts';
import type { GitRepository } from '../../support/git-repository.ts';
import { Ledger } from '../ledger.ts';
import type { Product } from '../plan/actions.ts';
import { entryCount, people } from '../plan/plan-round.ts';
import type { World } from '../world.ts';
import { call } from './ask.ts';

/** The project, its branch and the space that everything happens to. */
export const mirrorKey = { projectId: '12345', branchId: '1000' };
export const mirrorPath = `/v1/projects/${mirrorKey.projectId}/mirrors/${mirrorKey.branchId}`;
export const spaceId = 'handbook';
export const spacePath = `/v1/spaces/${spaceId}`;

/** Everybody who takes part in a run, and what they know. */
export interface Stage {
  world: World;
  ledger: Ledger;
  repositories: Record<Product, GitRepository>;
  /** A token of each person. */
  tokens: Map<string, string>;
}

/** Adds a project with a mirror, a space with entries, and people, and waits until all is in Git. */
export async function setStage(world: World): Promise<Stage> {
  const first = fc.sample(anyChange(), { numRuns: 60, seed: 1 });
  for (const change of first) await world.tellSource('make', change);
  const repositories = {
    mirror: await world.createRepository('mirror'),
    space: await world.createRepository('space'),
  };
  await repositories.space.commit({ files: firstEntries(), message: 'Begin' });
  const post = <T>(path: string, body: unknown) => call<T>(world, 'POST', path, body);
  const { username, password } = world.credential;
  const origin = new URL(world.repositoryUrl('any')).origin;
  const stored = { name: 'git', username, origin, token: password };
  const { id: credentialId } = await post<{ id: string }>('/v1/credentials', stored);
  const source = { kind: 'keboola', url: world.sourceUrl, token: 'storage-api-token' };
  await post('/v1/projects', { id: mirrorKey.projectId, name: 'Shop', source });
  await call(world, 'PUT', `/v1/projects/${mirrorKey.projectId}/mirrors/default`, {
    repository: { url: world.repositoryUrl('mirror'), branch: 'main', credentialId },
  });
  await post('/v1/spaces', {
    id: spaceId,
    name: 'Handbook',
    repository: { url: world.repositoryUrl('space'), branch: 'main', credentialId },
    rules: { publicKinds: [], index: false, notify: { emails: [] } },
  });
  const tokens = new Map<string, string>();
  for (const name of people) {
    const body = { name, role: 'editor', projects: null, spaces: null };
    tokens.set(name, (await post<{ token: string }>('/v1/tokens', body)).token);
  }
  const stage = { world, ledger: new Ledger(), repositories, tokens };
  while ((await waiting(stage)).length > 0) await sleep(200);
  return stage;
}

/** The name of an entry by its number. */
export function entryName(number: number): string {
  return `page-${number + 1}`;
}

/** The file of an entry. */
export function entryFile(name: string): string {
  return `knowledge/documents/${name}.md`;
}

function firstEntries(): Record<string, string> {
  const names = Array.from({ length: entryCount }, (_, at) => entryName(at));
  return Object.fromEntries(names.map((name) => [entryFile(name), firstText(name)]));
}

/** Pushers write above the line, and people who save below it. */
function firstText(name: string): string {
  return ['---', `id: ${name}`, `title: ${name}`, '---', `# ${name}`, '', 'Pushed:', '', '---', '', 'Saved:', ''].join('\n'); // prettier-ignore
}

interface Seen {
  state: string;
  pendingChanges?: number;
  waitingBatches?: number;
  waitingSaves?: number;
  openConflicts?: number;
  outage: { reason: { code: string; message: string } } | null;
}

/** What is not done yet, as the API says; empty if nothing waits. */
export async function waiting({ world }: Stage): Promise<string[]> {
  const [mirror, space] = await Promise.all([
    call<Seen>(world, 'GET', mirrorPath),
    call<Seen>(world, 'GET', spacePath),
  ]);
  return [said('mirror', mirror), said('space', space)].flat();
}

function said(name: string, seen: Seen): string[] {
  const { state, outage, openConflicts = 0 } = seen;
  const { pendingChanges = 0, waitingBatches = 0, waitingSaves = 0 } = seen;
  const idle = state === 'synced' && pendingChanges + waitingBatches + waitingSaves === 0;
  const why = outage === null ? '' : ` (${outage.reason.code}: ${outage.reason.message})`;
  return [
    ...(idle
      ? []
      : [`The ${name} is ${state}${why}; waiting: ${pendingChanges} changes, ${waitingBatches} batches, ${waitingSaves} saves.`]), // prettier-ignore
    ...(openConflicts > 0 ? [`The ${name} has ${openConflicts} open conflicts.`] : []),
  ];
}
