import { parseArgs } from 'node:util';
import { largeProject } from '../../test/support/mirror/large-project.ts';
import { startStorageApi } from './storage-api.ts';
import { apiMetadata } from './tables.ts';

/**
 * A stand-in for Keboola's Storage API on the loopback interface, for trying out Gitward by hand. It runs until
 * you press Ctrl-C:
 *
 *     npm run storage-api -- --port 4000 --token local-secret [--directory <case>/api | --large 10000]
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4000' },
    token: { type: 'string', default: 'local-secret' },
    directory: { type: 'string' },
    large: { type: 'string' },
  },
});

const api = await startStorageApi({
  port: Number(values.port),
  token: values.token,
  feeds: true,
  ...(values.directory === undefined ? {} : { directory: values.directory }),
  ...(values.large === undefined
    ? {}
    : { project: largeProject({ configurations: Number(values.large) }), keepAnswers: true }),
});
if (values.directory === undefined && values.large === undefined) {
  const metadata = apiMetadata({
    system: {
      'KBC.createdBy.component.id': 'keboola.ex-db-mysql',
      'KBC.createdBy.configuration.id': '7',
    },
  });
  api.putTable('in.c-shop.orders', { columns: ['id', 'day', 'amount'], metadata });
  api.putTable('in.c-shop.order_lines', { columns: ['id', 'order_id', 'product'], metadata });
}
const hour = 3_600_000;
api.queue.run({
  endsAt: new Date(Date.now() - 26 * hour),
  component: 'keboola.wr-db-mysql',
  config: '9',
});
api.queue.run({
  endsAt: new Date(Date.now() - hour),
  status: 'error',
  result: { message: 'Table "order_lines" does not exist.' },
});
const [branch] = api.project.branches;
const config = branch?.configurations[0];

console.log(`Storage API  ${api.url}`);
console.log(`Token        ${api.token}`);
console.log(
  `Project      ${api.projectId}, branches ${api.project.branches.map(({ id, name }) => `${id} (${name})`).join(', ')}`,
);
if (branch !== undefined && config !== undefined) {
  console.log(`Save a configuration, as people do in the platform. The answer is the event to send to Gitward:

  curl -X PUT ${api.url}/v2/storage/branch/${branch.id}/components/${config.componentId}/configs/${config.id} \\
    -H 'X-StorageApi-Token: ${api.token}' \\
    -d '{"description": "Changed by hand", "changeDescription": "A first change", "author": "you@example.com"}'
`);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void api.close());
