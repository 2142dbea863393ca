import { Option, type Command } from 'commander';
import type { Platforms } from '../../../platforms/platform.ts';
import { UsageError, asClient, processIo, type ClientIo } from '../../client/client-command.ts';
import { facts, table } from '../../client/layout.ts';

/** Adds `gitward projects …`. */
export function registerProjects(program: Command, io: ClientIo = processIo): void {
  const projects = program
    .command('projects')
    .description('the platform projects that mirrors read from');
  const kindOption = new Option('--kind <kind>').default('keboola');
  // Platforms are large, and most commands do not ask for one.
  projects.hook('preSubcommand', async (_, subcommand) => {
    if (subcommand.name() === 'add') describeKinds(kindOption, await loadPlatforms());
  });

  asClient(projects.command('list').description('list projects'), io, async (client) => {
    const items = await client.list('GET /v1/projects', {});
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
      .description('add a project; if its platform needs a token, it is read from standard input')
      .argument('<id>', "the project's id on its platform")
      .option('--name <name>', "a name to show (default: the platform's)")
      .option('--plan-tier <plan>', 'the plan that its owner has, a label of metrics')
      .option('--region <region>', 'where it is, a label of metrics')
      .addOption(kindOption)
      .option('--sample', 'the built-in sample project: --kind sample')
      .option('--source <url>', "the address of the platform, such as Keboola's Storage API"),
    io,
    async (
      client,
      id: string,
      {
        name,
        kind,
        sample,
        source,
        ...labels
      }: { name?: string; kind: string; sample?: boolean; source?: string } & Labels,
    ) => {
      const platforms = await loadPlatforms();
      const { settings, ...platform } = platforms.of(sample === true ? 'sample' : kind);
      if ((settings.url === undefined) === (source !== undefined))
        throw new UsageError('Give either --source <url> or --sample.');
      const added = await client.send('POST /v1/projects', {
        body: {
          id,
          name,
          ...labels,
          source: {
            kind: platform.kind,
            url: source,
            ...(settings.token && { token: await io.readSecret(settings.token.title) }),
          },
        },
      });
      return { json: added, text: `Added project ${added.id} (${added.name}).` };
    },
  );

  asClient(
    projects.command('show').description('show a project').argument('<id>'),
    io,
    async (client, id: string) => {
      const project = await client.send('GET /v1/projects/:project', { project: id });
      return {
        json: project,
        text: facts([
          ['id', project.id],
          ['name', project.name],
          ['source', project.source.kind],
          ['address', project.source.url],
          ['plan tier', project.planTier],
          ['region', project.region],
          ['added', project.createdAt],
        ]),
      };
    },
  );

  asClient(
    projects
      .command('change')
      .description('rename a project, or change its labels in metrics')
      .argument('<id>')
      .option('--name <name>', 'a name to show')
      .option('--plan-tier <plan>', "the plan that its owner has; '' for none")
      .option('--region <region>', "where it is; '' for nowhere"),
    io,
    async (client, id: string, { name, planTier, region }: { name?: string } & Labels) => {
      if (name === undefined && planTier === undefined && region === undefined)
        throw new UsageError('Give --name, --plan-tier or --region.');
      const changed = await client.send('PATCH /v1/projects/:project', {
        project: id,
        body: {
          name,
          planTier: planTier === '' ? null : planTier,
          region: region === '' ? null : region,
        },
      });
      return { json: changed, text: `Changed project ${changed.id} (${changed.name}).` };
    },
  );

  asClient(
    projects
      .command('rotate')
      .description(
        "replace the source's token, read from standard input; mirrors try again at once",
      )
      .argument('<id>')
      .option('--source <url>', 'the new address of the Storage API, if that has changed too'),
    io,
    async (client, id: string, { source }: { source?: string }) => {
      const token = await io.readSecret('Storage API token');
      const changed = await client.send('PATCH /v1/projects/:project', {
        project: id,
        body: { source: { url: source, token } },
      });
      return { json: changed, text: `Rotated the token of project ${changed.id}.` };
    },
  );

  asClient(
    projects
      .command('remove')
      .description('remove a project whose mirrors have all ended')
      .argument('<id>'),
    io,
    async (client, id: string) => {
      await client.send('DELETE /v1/projects/:project', { project: id });
      return { json: { removed: id }, text: `Removed project ${id}.` };
    },
  );
}

/** What metrics tell a project by. */
interface Labels {
  planTier?: string;
  region?: string;
}

async function loadPlatforms(): Promise<Platforms> {
  const { platforms } = await import('../../../platforms/index.ts');
  return platforms;
}

/** Lets an option take the kinds that there are, and lists them in its help. */
function describeKinds(option: Option, { all }: Platforms): void {
  const titles = all.map(({ kind, settings }) => `${kind} (${settings.title})`);
  option.description = `which platform: ${titles.join(', ')}`;
  option.choices(all.map(({ kind }) => kind));
}
