import { InvalidArgumentError, Option, type Command } from 'commander';
import { roles } from '../../../model/access/roles.ts';
import { asClient, processIo, UsageError, type ClientIo } from '../../client/client-command.ts';
import { table } from '../../client/layout.ts';

/** What a token may do in a space. */
interface Grant {
  space: string;
  kinds?: string[] | null;
  role?: string;
}

interface CreateOptions {
  role: string;
  person?: string;
  projects?: string[];
  spaces?: Grant[] | null;
  expires?: string;
}

/** Adds `gitward tokens …`. */
export function registerTokens(program: Command, io: ClientIo = processIo): void {
  const tokens = program.command('tokens').description('who may call the API');

  asClient(tokens.command('list').description('list tokens'), io, async (client) => {
    const items = await client.list('GET /v1/tokens', {});
    return {
      json: items,
      text: table(
        ['name', 'id', 'kind', 'role', 'projects', 'spaces', 'last used', 'expires', 'revoked'],
        items.map((token) => [
          token.name,
          token.id,
          token.kind,
          token.role,
          projectsText(token.projects),
          spacesText(token.spaces),
          token.lastUsedAt ?? '-',
          token.expiresAt ?? 'never',
          token.revokedAt ?? '-',
        ]),
        'No tokens.',
      ),
    };
  });

  asClient(
    tokens
      .command('create')
      .description('create a token; it is shown only once')
      .argument('<name>')
      .addOption(
        new Option('--role <role>', 'what it may do').choices([...roles]).makeOptionMandatory(),
      )
      .option(
        '--person <email>',
        'the token belongs to the person with this address (default: to a machine)',
      )
      .option('--projects <ids...>', 'the projects that it can access, or `all` (default: none)')
      .addOption(
        new Option(
          '--spaces <grants...>',
          'the knowledge spaces that it can access, each as <space>[:<kind>,…][=<role>], or `all` (default: none)',
        ).argParser(readGrants),
      )
      .option('--expires <date>', 'when it stops working, or `never` (default: in a year)'),
    io,
    async (client, name: string, options: CreateOptions) => {
      const { role, person, projects, spaces, expires } = options;
      if (role !== 'admin' && projects === undefined && spaces === undefined)
        throw new UsageError(
          'The token could access nothing: give --projects, --spaces or both (`all` for everything).',
        );
      const made = await client.send('POST /v1/tokens', {
        body: {
          name,
          role,
          kind: person === undefined ? 'machine' : 'person',
          email: person,
          projects: projects?.includes('all') === true ? null : projects,
          spaces,
          expiresAt: expires === 'never' ? null : expires,
        },
      });
      // Only the token goes to standard output, so that scripts can store it.
      return { json: made, text: made.token };
    },
  );

  asClient(
    tokens.command('revoke').description('revoke a token permanently').argument('<id>'),
    io,
    async (client, id: string) => {
      await client.send('DELETE /v1/tokens/:token', { token: id });
      return { json: { revoked: id }, text: `Revoked token ${id}.` };
    },
  );
}

/** Adds a grant, such as `sales:skill,customer=editor`, to the previous ones; `all` is `null`. */
function readGrants(text: string, before: Grant[] | null = []): Grant[] | null {
  if (text === 'all' || before === null) return null;
  const { space, kinds, role } =
    /^(?<space>[\w.-]+)(?::(?<kinds>[\w,-]+))?(?:=(?<role>\w+))?$/.exec(text)?.groups ?? {};
  if (space === undefined)
    throw new InvalidArgumentError(
      'Write it like sales, sales:skill,customer or sales:skill=editor.',
    );
  const grant = {
    space,
    ...(kinds === undefined ? {} : { kinds: kinds.split(',') }),
    ...(role === undefined ? {} : { role }),
  };
  return [...before, grant];
}

function projectsText(projects: readonly string[] | null): string {
  if (projects === null) return 'all';
  return projects.length === 0 ? 'none' : projects.join(',');
}

/** Grants as they are written on the command line. */
function spacesText(grants: readonly Grant[] | null): string {
  if (grants === null) return 'all';
  if (grants.length === 0) return 'none';
  return grants
    .map(({ space, kinds, role }) => `${space}${kinds ? `:${kinds.join(',')}` : ''}=${role ?? ''}`)
    .join(' ');
}
