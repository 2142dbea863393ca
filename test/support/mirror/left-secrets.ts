import { configuration } from '../../../examples/storage-api/data.ts';
import type { StorageApi } from '../../../examples/storage-api/storage-api.ts';
import { apiMetadata } from '../../../examples/storage-api/tables.ts';
import type { Event } from '../../../platforms/events/event-schema.ts';

const transformation = { componentId: 'keboola.snowflake-transformation', configId: '30' };
const orders = { componentId: 'keboola.ex-db-mysql', configId: '7' };

/** A secret for each place where people leave one; `made` makes one of a kind of `trueSecrets`. */
export function secretsToLeave(made: (kind: string) => string) {
  return {
    code: made('a Storage token of Keboola'),
    description: made('a token of GitHub'),
    row: made('a key of OpenAI'),
    change: made('a token of npm'),
    job: made('a key of Anthropic'),
    sample: made('a token of GitLab'),
    column: made('a key of Stripe'),
  };
}

/** Writes a secret into each place of a project, and returns the events that report it, except of what a catch-up has to find. */
export function leaveSecrets(
  platform: StorageApi,
  secrets: ReturnType<typeof secretsToLeave>,
): Event[] {
  platform.create(transformation, {
    name: 'Load',
    changeDescription: `Now with ${secrets.change}`,
    configuration: {
      parameters: {
        blocks: [
          {
            name: 'Block',
            codes: [{ name: 'Code', script: ['SELECT 1;', `SET token = '${secrets.code}';`] }],
          },
        ],
      },
    },
  });
  const described = platform.change(orders, {
    description: `# Orders\n\nUse ${secrets.description}.`,
    rows: configuration('a', '1', 'a').rows.concat({
      ...{ id: '700', name: 'Orders', description: '', isDisabled: false, version: 2 },
      configuration: { parameters: { note: `with ${secrets.row}` } },
    }),
  });
  const stored = platform.putTable('in.c-crm.people', {
    columns: ['id', 'token'],
    preview: [['1', secrets.sample]],
    columnMetadata: {
      token: apiMetadata({ user: { 'KBC.description': `such as ${secrets.column}` } }),
    },
  });
  const ran = platform.queue.run({
    status: 'error',
    result: { message: `401 for ${secrets.job}`, exceptionId: 'e-1' },
  });
  return [described, stored, ran];
}
