import { Option, type Command } from 'commander';
import type { ApiClient } from '../../client/api-client.ts';
import { asClient, UsageError, type ClientIo } from '../../client/client-command.ts';
import { commitOptions, commitsOf, type CommitOptions } from '../../client/commit-options.ts';
import { secretOptions, secretSettings, type SecretOptions } from '../../client/secret-options.ts';
import { credentialId } from '../access/credential-id.ts';
import { channelsOf } from '../operators/channel-id.ts';
import { rulesOfFile } from './review/rules.ts';
import { spaceFacts, spacesTable } from './space-text.ts';

interface SpaceOptions extends CommitOptions, SecretOptions {
  name?: string;
  repository?: string;
  branch?: string;
  root?: string;
  credential?: string;
  webhook?: string;
  publicKinds?: string[];
  index?: boolean;
  notify?: string[];
  channels?: string[];
  reviewRules?: string;
  checksAddress?: string;
  checksModel?: string;
  checksCredential?: string;
  checks?: boolean;
  mostReviews?: string;
}

/** Adds `gitward knowledge spaces …`. */
export function addKnowledgeSpaces(knowledge: Command, io: ClientIo): void {
  const spaces = knowledge
    .command('spaces')
    .description('folders in Git repositories that contain knowledge');

  asClient(spaces.command('list').description('list spaces'), io, async (client) => {
    const items = await client.list('GET /v1/spaces', {});
    return { json: items, text: spacesTable(items) };
  });

  asClient(
    settings(
      spaces
        .command('add')
        .description('add a space; with --webhook, the signing secret is read from standard input')
        .argument('<id>')
        .requiredOption(
          '--repository <url>',
          "the repository's HTTPS address, without user and token",
        ),
    ),
    io,
    async (client, id: string, options: SpaceOptions) => {
      const { root = 'knowledge', branch = 'main' } = options;
      const body = await bodyOf(client, io, { ...options, root, branch });
      const space = await client.send('POST /v1/spaces', { body: { id, name: id, ...body } });
      return { json: space, text: `Added.\n\n${spaceFacts(space)}` };
    },
  );

  asClient(
    settings(
      spaces
        .command('set')
        .description('change a space; settings that are not given stay as they are')
        .argument('<space>')
        .option('--repository <url>', 'its new address'),
    ),
    io,
    async (client, id: string, options: SpaceOptions) => {
      const body = await bodyOf(client, io, options);
      const space = await client.send('PATCH /v1/spaces/:space', { space: id, body });
      return { json: space, text: spaceFacts(space) };
    },
  );

  asClient(
    spaces.command('show').description("show a space's state").argument('<space>'),
    io,
    async (client, id: string) => {
      const space = await client.send('GET /v1/spaces/:space', { space: id });
      return { json: space, text: spaceFacts(space) };
    },
  );

  const actions = [
    ['pause', 'send and read nothing until resumed; saves are kept in the meantime'],
    ['resume', 'start sending and reading again'],
    ['retry', 'try again now instead of waiting for the next attempt'],
    ['refresh', 'read the branch now, and send waiting saves'],
    ['approve', 'let a held space continue, accepting the branch as it is now'],
  ] as const;
  for (const [verb, description] of actions)
    asClient(
      spaces.command(verb).description(description).argument('<space>'),
      io,
      async (client, id: string) => {
        const space = await client.send(`POST /v1/spaces/:space/actions/${verb}`, { space: id });
        return { json: space, text: spaceFacts(space) };
      },
    );

  asClient(
    spaces
      .command('accept-kinds')
      .description(
        'accept schema files that change a kind with personal data, and so who may read its entries',
      )
      .argument('<space>')
      .argument('<files>', 'what `spaces show` says after "to accept"'),
    io,
    async (client, id: string, heldKinds: string) => {
      const space = await client.send('POST /v1/spaces/:space/actions/accept-kinds', {
        space: id,
        body: { heldKinds },
      });
      return { json: space, text: `Accepted. The branch is read again.\n\n${spaceFacts(space)}` };
    },
  );

  asClient(
    spaces
      .command('accept-rules')
      .description('accept rules of review from the repository that are weaker than those in force')
      .argument('<space>')
      .argument('<file>', 'what `spaces show` says after "rules to accept"')
      .addHelpText('after', '\n`gitward knowledge rules SPACE` shows what the file says.'),
    io,
    async (client, id: string, heldRules: string) => {
      const space = await client.send('POST /v1/spaces/:space/actions/accept-rules', {
        space: id,
        body: { heldRules },
      });
      return { json: space, text: `Accepted. The branch is read again.\n\n${spaceFacts(space)}` };
    },
  );

  asClient(
    spaces
      .command('end')
      .description('end a space; the repository stays as it is')
      .argument('<space>')
      .option('--force', 'even if saves are waiting; they will never be sent'),
    io,
    async (client, id: string, { force = false }: { force?: boolean }) => {
      await client.send('DELETE /v1/spaces/:space', {
        space: id,
        query: { force: force ? 'true' : undefined },
      });
      return { json: { ended: id }, text: `Ended space ${id}.` };
    },
  );
}

function settings(command: Command): Command {
  return secretOptions(commitOptions(command))
    .option('--name <name>', 'its display name')
    .option('--branch <name>', 'the Git branch (default for a new space: main)')
    .option(
      '--root <folder>',
      'the folder that contains its entries (default for a new space: knowledge)',
    )
    .option('--credential <name>', 'the name or id of a credential (gitward credentials list)')
    .addOption(
      new Option(
        '--webhook <host>',
        'the host that sends webhooks; the secret is read from standard input',
      ).choices(['github', 'gitlab', 'gitea']),
    )
    .option(
      '--public-kinds <kinds...>',
      'kinds with personal data that may be written even if anyone can read the repository',
    )
    .option('--index', 'commit an index file for each kind')
    .option('--no-index', 'commit no index files')
    .option('--notify <emails...>', 'addresses to notify of outages')
    .option('--channels <names...>', 'channels to notify of outages: see `gitward channels`')
    .option(
      '--checks-address <url>',
      'run examples of prompts against a model at this OpenAI-compatible address, such as https://api.example/v1',
    )
    .option('--checks-model <name>', 'the name of that model')
    .option('--checks-credential <name>', 'the name or id of the credential with its key')
    .option('--no-checks', 'run no examples of prompts')
    .option(
      '--review-rules <file>',
      'who must approve what, in addition to the rules in the repository: a file like .gitward/rules.yml',
    )
    .option('--most-reviews <number>', 'how many reviews may go on at once (default: 500)');
}

async function bodyOf(client: ApiClient, io: ClientIo, options: SpaceOptions): Promise<object> {
  const { name, root, webhook } = options;
  const repository = await repositoryOf(client, options);
  const rules = await rulesOf(client, options);
  return {
    ...(name === undefined ? {} : { name }),
    ...(Object.keys(repository).length === 0 ? {} : { repository }),
    ...(root === undefined ? {} : { root }),
    ...(await checksOf(client, options)),
    ...(Object.keys(rules).length === 0 ? {} : { rules }),
    ...(webhook === undefined
      ? {}
      : { webhook: { scheme: webhook, secrets: [await io.readSecret('Webhook secret')] } }),
  };
}

async function repositoryOf(
  client: ApiClient,
  { repository: url, branch, credential }: SpaceOptions,
): Promise<object> {
  return {
    ...(url === undefined ? {} : { url }),
    ...(branch === undefined ? {} : { branch }),
    ...(credential === undefined ? {} : { credentialId: await credentialId(client, credential) }),
  };
}

/** The model of the checks, which is given as a whole. */
async function checksOf(
  client: ApiClient,
  { checks, checksAddress: address, checksModel: model, checksCredential }: SpaceOptions,
): Promise<object> {
  if (checks === false) return { checks: null };
  if (address === undefined && model === undefined && checksCredential === undefined) return {};
  if (address === undefined || model === undefined)
    throw new UsageError('Give --checks-address and --checks-model together.');
  const credential = checksCredential === undefined ? null : await credentialId(client, checksCredential); // prettier-ignore
  return { checks: { address, model, credentialId: credential } };
}

async function rulesOf(client: ApiClient, options: SpaceOptions): Promise<object> {
  const { publicKinds, index, notify, channels, reviewRules, mostReviews } = options;
  const commits = commitsOf(options);
  return {
    ...(publicKinds === undefined ? {} : { publicKinds }),
    ...(index === undefined ? {} : { index }),
    ...(notify === undefined && channels === undefined
      ? {}
      : {
          notify: {
            ...(notify === undefined ? {} : { emails: notify }),
            ...(await channelsOf(client, channels)),
          },
        }),
    ...(Object.keys(commits).length === 0 ? {} : { commits }),
    ...(reviewRules === undefined ? {} : { review: await rulesOfFile(reviewRules) }),
    ...secretSettings(options),
    ...(mostReviews === undefined ? {} : { mostReviews: Number(mostReviews) }),
  };
}
