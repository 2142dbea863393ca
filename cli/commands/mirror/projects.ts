import type { Command } from 'commander';
import { UsageError, asClient, processIo, type ClientIo } from '../../client/client-command.ts';
import { facts, table } from '../../client/layout.ts';

interface Project {
  id: string;
  name: string;
  source: { kind: string; url: string | null };
  createdAt: string;
}

/** Adds `gitward projects …`. */
export function registerProjects(program: Command, io: ClientIo = processIo): void {
  const projects = program
    .command('projects')
    .description('the platform projects that mirrors read from');

  asClient(projects.command('list').description('list projects'), io, async (client) => {
    const items = (await client.list('/v1/projects')) as Project[];
    return {
      json: items,
      text: table(
        ['id', 'name', 'source', 'address'],
        items.map(({ id, name, source }) => [id, name, source.kind, source.url ?? '-']),
        'No projects. Add one with `gitward projects add`.',
      ),
    };
  });

  asClient(
    projects
      .command('add')
      .description(
        "add a project; a keboola project's Storage API token is read from standard input",
      )
      .argument('<id>', "the project's id on its platform")
      .option('--name <name>', "a name to show (default: the platform's)")
      .option('--sample', 'the built-in sample project')
      .option('--source <url>', "the address of the platform's Storage API"),
    io,
    async (
      client,
      id: string,
      { name, sample, source }: { name?: string; sample?: boolean; source?: string },
    ) => {
      if ((sample === true) === (source !== undefined))
        throw new UsageError('Give either --source <url> or --sample.');
      const added = (await client.send('POST', '/v1/projects', {
        id,
        ...(name === undefined ? {} : { name }),
        source:
          source === undefined
            ? { kind: 'sample' }
            : { kind: 'keboola', url: source, token: await io.readSecret('Storage API token') },
      })) as Project;
      return { json: added, text: `Added project ${added.id} (${added.name}).` };
    },
  );

  asClient(
    projects.command('show').description('show a project').argument('<id>'),
    io,
    async (client, id: string) => {
      const project = (await client.send('GET', path(id))) as Project;
      return {
        json: project,
        text: facts([
          ['id', project.id],
          ['name', project.name],
          ['source', project.source.kind],
          ['address', project.source.url],
          ['added', project.createdAt],
        ]),
      };
    },
  );

  asClient(
    projects
      .command('rotate')
      .description(
        "replace the source's token, read from standard input; mirrors try again at once",
      )
      .argument('<id>')
      .option('--source <url>', 'the new address of the Storage API, where that changed too'),
    io,
    async (client, id: string, { source }: { source?: string }) => {
      const token = await io.readSecret('Storage API token');
      const changed = (await client.send('PATCH', path(id), {
        source: { ...(source === undefined ? {} : { url: source }), token },
      })) as Project;
      return { json: changed, text: `Rotated the token of project ${changed.id}.` };
    },
  );

  asClient(
    projects
      .command('remove')
      .description('remove a project whose mirrors were all ended')
      .argument('<id>'),
    io,
    async (client, id: string) => {
      await client.send('DELETE', path(id));
      return { json: { removed: id }, text: `Removed project ${id}.` };
    },
  );
}

function path(id: string): string {
  return `/v1/projects/${encodeURIComponent(id)}`;
}
