import { arch, cpus, platform, release, totalmem } from 'node:os';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { listAudit } from '../../db/access/audit.ts';
import type { Db } from '../../db/connect.ts';
import { readRecentFailures } from '../../db/diagnosis/recent-failures.ts';
import { countRows, mostCounted } from '../../db/diagnosis/row-counts.ts';
import { readServerFacts } from '../../db/diagnosis/server-facts.ts';
import { readSchemaState } from '../../db/migrate.ts';
import { asLogged } from '../../telemetry/logger.ts';
import { listWorkflows } from '../../temporal/list-workflows.ts';
import type { ApiClient } from '../client/api-client.ts';
import { runChecks } from '../doctor/check.ts';
import { allChecks } from '../doctor/checks.ts';
import type { Examined } from '../doctor/examined.ts';
import { reportOf } from '../doctor/report.ts';
import { requireGit } from '../parts/prerequisites.ts';
import { readStatus } from '../status/read-status.ts';
import { readVersion } from '../version.ts';

/** What the parts of a bundle are made from. */
export interface Sources {
  examined: Examined;
  /** Asks the API as an admin; throws if there is no token for it. */
  api: () => Promise<ApiClient>;
  /** Whether entries of the audit log, which name people, may be in it. */
  audit: boolean;
}

/** One file of a bundle. */
export interface Part {
  file: string;
  /** What is in it, for the list. */
  about: string;
  /** Returns a text, or what is written as JSON. Throws, with a reason for the list, if it cannot be had. */
  collect: (sources: Sources) => Promise<unknown>;
}

/** The most of a list. */
const most = 200;
/** Variables that Gitward, or what it is made of, reads. */
const ourVariables = /^(?:GITWARD_|TEMPORAL_|DATABASE_URL$|SSL_CERT_FILE$|NODE_|\w+_proxy$)/i;
/** How much of the end of a log, in bytes. */
const mostOfLog = 1024 ** 2;

/** Everything that can be in a bundle. */
export const parts: readonly Part[] = [
  {
    file: 'doctor.json',
    about: 'what `gitward doctor` finds',
    collect: async ({ examined }) => reportOf(await runChecks(allChecks, examined)),
  },
  {
    file: 'status.json',
    about: 'what `gitward status` shows: mirrors and spaces by name, with their repositories',
    collect: async ({ api }) => readStatus(await api()),
  },
  {
    file: 'versions.json',
    about: 'versions of Gitward, Node, git, PostgreSQL and Temporal, and the kind of machine',
    collect: ({ examined }) => readVersions(examined),
  },
  {
    file: 'settings.json',
    about:
      'the settings in force, which variables are set, and which of them cannot be used; secrets are left out',
    collect: ({ examined: { env, config, problems, unknown } }) => {
      const { proxies, trustProxyDns, certificates } = config.network;
      const network = {
        ...{ httpsProxy: proxies.https?.origin ?? null, httpProxy: proxies.http?.origin ?? null },
        ...{ trustProxyDns, certificateFiles: certificates.files },
      };
      const variables = Object.keys(env)
        .filter((name) => ourVariables.test(name))
        .sort();
      const settings = asLogged({ ...config, network });
      return Promise.resolve({ problems, unknown, variables, settings });
    },
  },
  {
    file: 'schema.json',
    about: 'the migrations that the database has and lacks',
    collect: ({ examined }) => readSchemaState(databaseOf(examined)),
  },
  {
    file: 'tables.json',
    about: `how many rows each table has, counted up to ${mostCounted}`,
    collect: ({ examined }) => countRows(databaseOf(examined)),
  },
  {
    file: 'failures.json',
    about: `outages, failed attempts, refusals of hosts and notices, the last ${most} of each, without the recipients`,
    collect: ({ examined }) => readRecentFailures(databaseOf(examined)),
  },
  {
    file: 'audit.json',
    about: `who did what: the last ${most} entries of the audit log, with names`,
    collect: ({ examined, audit }) => {
      if (!audit) throw new Error('it names people, and nobody asked for it (--audit puts it in)');
      return listAudit(databaseOf(examined), { limit: most });
    },
  },
  {
    file: 'workflows.json',
    about: `running workflows in Temporal and the activities that they wait for, at most ${most}`,
    collect: ({ examined }) => listWorkflows(temporalOf(examined), most),
  },
  logOf('postgres.log', "the end of the log of Gitward's own PostgreSQL"),
  logOf('temporal.log', "the end of the log of Gitward's own Temporal"),
];

function databaseOf({ db }: Examined): Db {
  if (db === null) throw new Error("Gitward's own PostgreSQL does not run");
  return db;
}

function temporalOf({ temporal }: Examined): Client {
  if (temporal instanceof Error) throw temporal;
  if (temporal === null) throw new Error("Gitward's own Temporal does not run");
  return temporal.client;
}

/** What does not answer is `null`. */
async function readVersions({ env, db, temporal }: Examined) {
  const [git, postgres, server] = await Promise.allSettled([
    requireGit(env.PATH),
    db === null ? null : readServerFacts(db),
    temporal === null || temporal instanceof Error
      ? null
      : temporal.client.workflowService.getSystemInfo({}),
  ]);
  return {
    ...{ gitward: readVersion(), node: process.versions.node },
    git: git.status === 'fulfilled' ? git.value : null,
    postgres: postgres.status === 'fulfilled' ? (postgres.value?.version ?? null) : null,
    temporal: server.status === 'fulfilled' ? (server.value?.serverVersion ?? null) : null,
    machine: {
      ...{ platform: platform(), release: release(), arch: arch(), cpus: cpus().length },
      memoryMiB: Math.floor(totalmem() / 1024 ** 2),
    },
  };
}

function logOf(name: string, about: string): Part {
  return {
    file: `logs/${name}`,
    about,
    collect: ({ examined }) => readEnd(join(examined.config.dataDir, name)),
  };
}

async function readEnd(path: string): Promise<string> {
  const file = await open(path).catch((cause: unknown) => {
    throw new Error('there is no such log here', { cause });
  });
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - mostOfLog);
    const { buffer, bytesRead } = await file.read({
      ...{ buffer: Buffer.alloc(size - start), position: start },
    });
    const text = buffer.toString('utf8', 0, bytesRead);
    // A line that is cut may be the rest of a secret.
    return start === 0 ? text : text.slice(text.indexOf('\n') + 1);
  } finally {
    await file.close();
  }
}
