import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { GitServer } from '../../examples/git-server/git-server.ts';
import { sizeOf, type Place } from '../measuring/place.ts';
import { usedBelow, type Used } from '../measuring/process-tree.ts';
import { startGitServer } from '../measuring/servers.ts';
import { startInstallation, type Installation } from './own-installation.ts';

/** A project of a stand-in for the platform. */
export interface CrowdProject {
  projectId: string;
  url: string;
  token: string;
}

/** An installation with many mirrors, each of a project of its own. */
export interface Crowd<P extends CrowdProject = CrowdProject> {
  gitward: Installation;
  git: GitServer;
  platforms: readonly P[];
  database: pg.Client;
}

/** Starts an installation with these settings, until the place ends. */
export async function beginCrowd<P extends CrowdProject>(
  place: Place,
  platforms: readonly P[],
  settings: Record<string, string>,
): Promise<Crowd<P>> {
  const { server: git } = await startGitServer(place);
  return install(place, { git, platforms }, settings);
}

/** Restarts an installation with other settings. */
export async function restartCrowd<P extends CrowdProject>(
  place: Place,
  { database, gitward, ...others }: Crowd<P>,
  settings: Record<string, string>,
): Promise<Crowd<P>> {
  await database.end();
  await gitward.end();
  return install(place, others, settings);
}

async function install<P extends CrowdProject>(
  place: Place,
  others: Pick<Crowd<P>, 'git' | 'platforms'>,
  settings: Record<string, string>,
): Promise<Crowd<P>> {
  const gitward = await startInstallation(place, settings);
  const password = await readFile(join(gitward.data, 'postgres-password'), 'utf8');
  const database = new pg.Client({
    ...{ host: join(gitward.data, 'postgres'), user: 'gitward', database: 'gitward' },
    password: password.trim(),
  });
  await database.connect();
  place.atEnd(() => database.end());
  return { gitward, database, ...others };
}

/** Mirrors all projects, with their development branches of these names, and waits until each mirror has its first commit. */
export async function enableAll(
  { gitward, git, platforms, database }: Crowd,
  link: readonly string[] = [],
): Promise<void> {
  const { username, password } = git.credential ?? { username: '', password: '' };
  const { id: credentialId } = await gitward.call<{ id: string }>('POST', '/v1/credentials', {
    ...{ name: 'bench', username, origin: git.url('any'), token: password },
  });
  for (const { projectId: id, url, token } of platforms) {
    await git.createRepository(id);
    const source = { kind: 'keboola', url, token };
    await gitward.call('POST', '/v1/projects', { id, name: id, source });
    await gitward.call('PUT', `/v1/projects/${id}/mirrors/default`, {
      repository: { url: git.url(id), branch: 'main', credentialId },
      ...(link.length > 0 ? { developmentBranches: { link, gitBranch: '{branch}' } } : {}),
    });
  }
  await untilNone(
    database,
    `SELECT ${platforms.length * (1 + link.length)} - count(initialized_at)::int AS left FROM mirrors`,
  );
}

/** Waits until a query finds `left` to be 0. */
export async function untilNone(database: pg.Client, query: string): Promise<void> {
  for (;;) {
    const { rows } = await database.query<{ left: number }>(query);
    if (rows[0]?.left === 0) return;
    await sleep(100);
  }
}

/** Whose processes are told apart. */
export const kinds = ['Gitward', 'PostgreSQL', 'Temporal'] as const;
type Kind = (typeof kinds)[number];

/** What an installation uses at a time. */
export interface Look {
  used: Record<Kind, Used>;
  /** Bytes. */
  sizes: Record<'the database' | 'Temporal' | "git's caches", number>;
}

/** Looks at what an installation uses now. */
export async function look({ gitward, database }: Crowd): Promise<Look> {
  const used = await usedBelow(gitward.process.pid ?? 0, (command): Kind => {
    if (command.includes('postgres')) return 'PostgreSQL';
    return command.includes('temporal') && !command.includes('main.js') ? 'Temporal' : 'Gitward';
  });
  const { rows } = await database.query<{ size: string }>(
    'SELECT pg_database_size(current_database()) AS size',
  );
  const none = { cpu: 0, memory: 0 };
  const of = (kind: Kind) => used.get(kind) ?? none;
  return {
    used: { Gitward: of('Gitward'), PostgreSQL: of('PostgreSQL'), Temporal: of('Temporal') },
    sizes: {
      'the database': Number(rows[0]?.size),
      Temporal: sizeOf(join(gitward.data, 'temporal')),
      "git's caches": sizeOf(join(gitward.data, 'git-cache')),
    },
  };
}
