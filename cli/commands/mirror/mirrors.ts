import { Option, type Command } from 'commander';
import { asClient, processIo, type ClientIo } from '../../client/client-command.ts';
import { facts } from '../../client/layout.ts';
import { limited } from '../../client/number-option.ts';
import { healthPeriods, type HealthPeriod } from '../../../model/mirror/health.ts';
import { healthTable } from './health-text.ts';
import { holdText } from './hold-text.ts';
import { settingsBody, settingsOptions, type SettingsOptions } from './mirror-settings.ts';
import { registerSecrets } from './secrets.ts';
import {
  changesTable,
  commitsTable,
  mirrorFacts,
  mirrorsTable,
  previewFacts,
  type Mirror,
} from './mirror-text.ts';

/** Adds `gitward mirrors …`. A branch is an id, or `default`. */
export function registerMirrors(program: Command, io: ClientIo = processIo): void {
  const mirrors = program
    .command('mirrors')
    .description("copies of a project's branch in a Git repository");

  asClient(
    settingsOptions(
      mirrors
        .command('enable')
        .description('enable a mirror, or replace all its settings')
        .argument('<project>')
        .argument('<branch>', "the branch's id, or default"),
    ).option('--adopt', 'let it overwrite files that are already there'),
    io,
    async (client, project: string, branch: string, options: SettingsOptions) => {
      const mirror = await client.send('PUT /v1/projects/:project/mirrors/:branch', {
        project,
        branch,
        body: { ...(await settingsBody(client, options)), adopt: options.adopt },
      });
      return { json: mirror, text: `Enabled.\n\n${mirrorFacts(mirror)}` };
    },
  );

  asClient(
    settingsOptions(
      mirrors
        .command('preview')
        .description('show what enabling a mirror would find and do, without writing anything')
        .argument('<project>')
        .argument('[branch]', "the branch's id, or default", 'default'),
    ),
    io,
    async (client, project: string, branch: string, options: SettingsOptions) => {
      const preview = await client.send('POST /v1/projects/:project/mirrors/preview', {
        project,
        body: { branchId: branch, ...(await settingsBody(client, options)) },
      });
      return { json: preview, text: previewFacts(preview) };
    },
  );

  asClient(
    mirrors
      .command('list')
      .description("list a project's mirrors, or all mirrors")
      .argument('[project]'),
    io,
    async (client, project: string | undefined) => {
      const ids =
        project === undefined
          ? (await client.list('GET /v1/projects', {})).map(({ id }) => id)
          : [project];
      const items: Mirror[] = [];
      for (const id of ids)
        items.push(...(await client.list('GET /v1/projects/:project/mirrors', { project: id })));
      return { json: items, text: mirrorsTable(items) };
    },
  );

  asClient(
    ofMirror(mirrors.command('show').description("show a mirror's state")),
    io,
    async (client, project: string, branch: string) => {
      const mirror = await client.send('GET /v1/projects/:project/mirrors/:branch', {
        project,
        branch,
      });
      return { json: mirror, text: mirrorFacts(mirror) };
    },
  );

  const actions = [
    ['refresh', 'send waiting changes now instead of at the end of the window'],
    ['retry', 'try again now instead of waiting for the next attempt'],
    ['pause', 'send nothing until resumed; changes are still accepted'],
    ['resume', 'start sending again'],
  ] as const;
  for (const [verb, description] of actions)
    asClient(
      ofMirror(mirrors.command(verb).description(description)),
      io,
      async (client, project: string, branch: string) => {
        const mirror = await client.send(
          `POST /v1/projects/:project/mirrors/:branch/actions/${verb}`,
          { project, branch },
        );
        return { json: mirror, text: standing(mirror) };
      },
    );

  asClient(
    ofMirror(
      mirrors
        .command('hold')
        .description('show what a held mirror found, and what approving would do'),
    ),
    io,
    async (client, project: string, branch: string) => {
      const hold = await client.send('GET /v1/projects/:project/mirrors/:branch/hold', {
        project,
        branch,
      });
      return { json: hold, text: holdText(hold) };
    },
  );

  asClient(
    ofMirror(
      mirrors
        .command('approve')
        .description(
          'let a held mirror overwrite what is in its place, or remove what it is held for',
        )
        .option('--tip <sha>', 'only if this is still the tip of the branch; none: it is gone')
        .option('--removal <id>', 'only if this is still what would be removed'),
    ),
    io,
    async (
      client,
      project: string,
      branch: string,
      { tip, removal }: { tip?: string; removal?: string },
    ) => {
      const seen = {
        ...(tip === undefined ? {} : { tip: tip === 'none' ? null : tip }),
        ...(removal === undefined ? {} : { removal }),
      };
      const mirror = await client.send(
        'POST /v1/projects/:project/mirrors/:branch/actions/approve',
        { project, branch, ...(Object.keys(seen).length === 0 ? {} : { body: seen }) },
      );
      return { json: mirror, text: standing(mirror) };
    },
  );

  asClient(
    ofMirror(mirrors.command('end').description('end a mirror; the repository stays as it is')),
    io,
    async (client, project: string, branch: string) => {
      const mirror = await client.send('DELETE /v1/projects/:project/mirrors/:branch', {
        project,
        branch,
      });
      return { json: mirror, text: standing(mirror) };
    },
  );

  asClient(
    limited(
      ofMirror(
        mirrors.command('commits').description('list the commits that were sent, newest first'),
      ),
    ),
    io,
    async (client, project: string, branch: string, { limit }: { limit: number }) => {
      const items = await client.list(
        'GET /v1/projects/:project/mirrors/:branch/commits',
        { project, branch },
        limit,
      );
      return { json: items, text: commitsTable(items) };
    },
  );

  registerSecrets(mirrors, io);

  asClient(
    limited(
      ofMirror(mirrors.command('changes').description('list accepted changes, newest first')),
    ).addOption(
      new Option('--state <state>', 'which changes to list')
        .choices(['all', 'waiting', 'delivered'])
        .default('all'),
    ),
    io,
    async (
      client,
      project: string,
      branch: string,
      { limit, state }: { limit: number; state: string },
    ) => {
      const items = await client.list(
        'GET /v1/projects/:project/mirrors/:branch/changes',
        { project, branch, query: { state } },
        limit,
      );
      return { json: items, text: changesTable(items) };
    },
  );

  asClient(
    ofMirror(
      mirrors.command('health').description('show latency, success, and what waited, over time'),
    ).addOption(
      new Option('--period <period>', 'how far back')
        .choices(healthPeriods)
        .default('day' satisfies HealthPeriod),
    ),
    io,
    async (client, project: string, branch: string, { period }: { period: HealthPeriod }) => {
      const health = await client.send('GET /v1/projects/:project/mirrors/:branch/health', {
        project,
        branch,
        query: { period },
      });
      return { json: health, text: healthTable(health) };
    },
  );
}

function ofMirror(command: Command): Command {
  return command
    .argument('<project>')
    .argument('[branch]', "the branch's id, or default", 'default');
}

function standing({ projectId, branchId, state, pendingChanges }: Mirror): string {
  return facts([
    ['mirror', `${projectId}/${branchId}`],
    ['state', state],
    ['waiting', `${pendingChanges} change(s)`],
  ]);
}
