import { parseArgs } from 'node:util';
import { mkdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { GitServer } from './git-server.ts';

/**
 * A Git server on the loopback interface, for trying out Gitward by hand. It runs until you press Ctrl-C:
 *
 *     npm run git-server -- --port 3000 --directory ./repositories --token local-secret
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '3000' },
    directory: { type: 'string', default: 'git-server-repositories' },
    repositories: { type: 'string', default: 'mirror,knowledge' },
    user: { type: 'string', default: 'gitward' },
    token: { type: 'string', default: 'local-secret' },
  },
});

const directory = resolve(values.directory);
await mkdir(directory, { recursive: true });
const server = await GitServer.start({
  directory,
  port: Number(values.port),
  credential: { username: values.user, password: values.token },
});
console.log(`User, token  ${values.user}, ${values.token}`);
for (const name of values.repositories.split(',')) {
  const place = join(directory, `${name}.git`);
  if ((await stat(place).catch(() => null)) === null) await server.createRepository(name);
  console.log(`\n${server.url(name)}\n  look inside with: git --git-dir ${place} log main`);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void server.close());
