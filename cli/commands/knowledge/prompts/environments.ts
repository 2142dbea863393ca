import type { Command } from 'commander';
import type { Answer } from '../../../client/answers.ts';
import { asClient, type ClientIo, type Said } from '../../../client/client-command.ts';
import { facts, table } from '../../../client/layout.ts';

type Environment = Answer<'GET /v1/spaces/:space/environments/:environment'>;
type Moved = Answer<'POST /v1/spaces/:space/environments/:environment/actions/promote'>;

interface MoveOptions {
  entry?: string;
  base?: string;
  message?: string;
  wait?: boolean;
}

/** Adds `gitward knowledge environments`. */
export function addKnowledgeEnvironments(knowledge: Command, io: ClientIo): void {
  const environments = knowledge
    .command('environments')
    .description('names for versions, such as production: what they point at, and moving them');
  asClient(
    environments.command('list').description('the environments of a space').argument('<space>'),
    io,
    async (client, space: string) => {
      const { items } = await client.send('GET /v1/spaces/:space/environments', { space });
      const rows = items.map((one) => [
        ...[one.name, pointerText(one), String(Object.keys(one.entries).length)],
        [one.protected ? 'protected' : '', one.problems.length > 0 ? 'broken' : '']
          .join(' ')
          .trim(),
      ]);
      return {
        json: items,
        text: table(['name', 'points at', 'entries', ''], rows, 'There are none.'),
      };
    },
  );
  asClient(
    ofOne(environments.command('show').description('what an environment points at')),
    io,
    async (client, space: string, environment: string) => {
      const asked = { space, environment };
      const shown = await client.send('GET /v1/spaces/:space/environments/:environment', asked);
      return { json: shown, text: environmentText(shown) };
    },
  );
  asClient(
    ofOne(environments.command('create').description('make an environment'))
      .option('--title <text>', 'what people call it (default: its name)')
      .option('--commit <sha>', 'the commit that it points at')
      .option('--ref <ref>', 'the branch or tag that it follows')
      .option('--protected', 'somebody else has to approve each change of it')
      .option(
        '--require-checks',
        'prompts must have passed their checks before they are moved into it',
      ),
    io,
    async (client, space: string, environment: string, options: CreateOptions) => {
      const { title = environment, commit, ref, protected: isProtected, requireChecks } = options;
      const fields = { id: environment, name: title, protected: isProtected, requireChecks, commit, ref }; // prettier-ignore
      const body = { kind: 'environment', slug: environment, fields };
      const made = await client.send('POST /v1/spaces/:space/entries', { space, body });
      return { json: made, text: `Made ${environment}.` };
    },
  );
  asClient(
    moving(
      ofOne(
        environments
          .command('promote')
          .description('move an environment, or one entry in it, to what another one has'),
      ).option('--from <environment|commit>', 'what it gets (default: latest)'),
    ),
    io,
    async (
      client,
      space: string,
      environment: string,
      options: MoveOptions & { from?: string },
    ) => {
      const { entry, from, base, message } = options;
      const route = 'POST /v1/spaces/:space/environments/:environment/actions/promote';
      const query = { wait: options.wait === true ? 'commit' : undefined };
      const body = { entry, from, base, message };
      return moved(await client.send(route, { space, environment, query, body }));
    },
  );
  asClient(
    moving(
      ofOne(
        environments
          .command('rollback')
          .description('move an environment, or one entry in it, back to where it pointed before'),
      ).option('--to <commit>', 'where it goes instead'),
    ),
    io,
    async (client, space: string, environment: string, options: MoveOptions & { to?: string }) => {
      const { entry, to, base, message } = options;
      const route = 'POST /v1/spaces/:space/environments/:environment/actions/rollback';
      const query = { wait: options.wait === true ? 'commit' : undefined };
      const body = { entry, to, base, message };
      return moved(await client.send(route, { space, environment, query, body }));
    },
  );
}

interface CreateOptions {
  title?: string;
  commit?: string;
  ref?: string;
  protected?: boolean;
  requireChecks?: boolean;
}

function ofOne(command: Command): Command {
  return command.argument('<space>').argument('<environment>', "the environment's name");
}

function moving(command: Command): Command {
  return command
    .option('--entry <id>', 'only this entry')
    .option('--base <blob>', 'the version of the environment that you saw')
    .option('-m, --message <text>', 'the commit message')
    .option('--wait', 'wait for the commit');
}

function moved(said: Moved): Said {
  const { environment, entry, before, after, review } = said;
  const what = entry === null ? environment.name : `${entry} in ${environment.name}`;
  const text = `${what}: ${before ?? 'no commit of its own'} → ${after ?? 'no commit of its own'}`;
  if (review === null) return { json: said, text };
  return { json: said, text: `${text}\nOnce review ${review.number} is approved and merged.` };
}

function pointerText({ commit, ref }: Environment): string {
  return commit ?? (ref === null ? 'what is there now' : `follows ${ref}`);
}

function environmentText(one: Environment): string {
  return facts([
    ['name', one.name],
    ['title', one.title],
    ['points at', pointerText(one)],
    ['protected', one.protected ? 'yes' : 'no'],
    ['requires checks', one.requireChecks ? 'yes' : 'no'],
    ...Object.entries(one.entries).map(([id, sha]) => [`entry ${id}`, sha] as const),
    ...Object.entries(one.experiments).map(
      ([id, { arms }]) =>
        [
          `experiment ${id}`,
          arms.map(({ name, weight }) => `${name} (${weight})`).join(', '),
        ] as const,
    ),
    ...one.problems.map(({ pointer, message }) => ['problem', `${pointer} ${message}`] as const),
    ['blob', one.blob],
  ]);
}
