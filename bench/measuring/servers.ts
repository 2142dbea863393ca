import pg from 'pg';
import { connect, type Db } from '../../db/connect.ts';
import { migrate } from '../../db/migrate.ts';
import { startPostgres } from '../../embedded/postgres.ts';
import { GitServer } from '../../examples/git-server/git-server.ts';
import { createGitClones } from '../../git/clones/clones.ts';
import { createGitDeliverer } from '../../git/deliver/deliverer.ts';
import { createAddressPolicy } from '../../network/address-policy.ts';
import type { Place } from './place.ts';

/** Everything on this machine may be reached. */
export const addresses = createAddressPolicy({
  allowPrivateNetwork: true,
  allowFileRepositories: true,
});

/** A PostgreSQL of the bench's own. */
export interface OwnPostgres {
  /** Another pool, on a database that is there. */
  connect(database?: string): Db;
  /** Makes an empty database, and returns its URL. */
  create(database: string): Promise<string>;
}

/** Starts a PostgreSQL until the place ends. */
export async function startOwnPostgres(place: Place): Promise<OwnPostgres> {
  const postgres = await startPostgres({ directory: place.path('postgres') });
  place.atEnd(() => postgres.stop());
  return {
    connect: (database = 'postgres') => {
      const db = connect({ url: postgres.url(database), onError: (error) => console.error(error) });
      place.atEnd(() => db.destroy());
      return db;
    },
    create: async (database) => {
      const client = new pg.Client({ connectionString: postgres.url('postgres') });
      await client.connect();
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`);
      await client.end();
      return postgres.url(database);
    },
  };
}

/** A PostgreSQL with Gitward's tables, until the place ends. */
export async function startDatabase(place: Place): Promise<{ db: Db; postgres: OwnPostgres }> {
  const postgres = await startOwnPostgres(place);
  const db = postgres.connect();
  await migrate(db);
  return { db, postgres };
}

/** A Git server over HTTP with a password, until the place ends. */
export async function startGitServer(place: Place) {
  const server = await GitServer.start();
  place.atEnd(() => server.close());
  const { credential } = server;
  if (credential === null) throw new Error('The Git server asks for no password.');
  return { server, credential };
}

/** A deliverer with caches in the place. */
export async function startDeliverer(place: Place, caches = 'caches') {
  const cacheDirectory = place.path(caches);
  const deliverer = await createGitDeliverer({ cacheDirectory, policy: addresses });
  place.atEnd(() => deliverer.close());
  return deliverer;
}

/** Clones in the place. */
export async function startClones(place: Place) {
  const cacheDirectory = place.path('clones');
  const clones = await createGitClones({ cacheDirectory, policy: addresses });
  place.atEnd(() => clones.close());
  return clones;
}
