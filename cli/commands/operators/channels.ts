import type { Command } from 'commander';
import { channelKinds, type ChannelKind } from '../../../model/streams/notice-channel.ts';
import { asClient, processIo, UsageError, type ClientIo } from '../../client/client-command.ts';
import { table } from '../../client/layout.ts';
import { channelId } from './channel-id.ts';

/**
 * Adds `gitward channels …`. The addresses of webhooks are secrets: they are read from standard input or prompted for, and
 * never an argument.
 */
export function registerChannels(program: Command, io: ClientIo = processIo): void {
  const channels = program
    .command('channels')
    .description('where notices of outages go: mail, Slack, Microsoft Teams, webhooks');

  asClient(channels.command('list').description('list channels'), io, async (client) => {
    const { items } = await client.send('GET /v1/notice-channels', {});
    return {
      json: items,
      text: table(
        ['name', 'kind', 'leads to', 'default', 'id'],
        items.map((one) => [
          one.name,
          one.kind,
          one.leadsTo ?? '-',
          one.default ? 'yes' : '-',
          one.id,
        ]),
        'No channels. Add one with `gitward channels add`.',
      ),
    };
  });

  asClient(
    channels
      .command('add')
      .description('add a channel; the address of a webhook is read from standard input')
      .argument('<name>')
      .argument('<kind>', channelKinds.join(', '))
      .option('--email <address>', 'the address, for a channel of mails')
      .option('--default', 'for mirrors and spaces that name nobody, and for every escalation'),
    io,
    async (client, name: string, kind: string, options: { email?: string; default?: true }) => {
      const body = {
        ...{ name, kind: kindOf(kind), default: options.default ?? false },
        ...(kind === 'email'
          ? { email: options.email }
          : { url: await io.readSecret('Address of the incoming webhook') }),
      };
      const added = await client.send('POST /v1/notice-channels', { body });
      const lines = [
        `Added the channel ${added.name}, which leads to ${added.leadsTo ?? 'where it was told'}.`,
      ];
      if (added.secret !== null)
        lines.push(`Its messages are signed with this secret, which is not shown again:\n${added.secret}`); // prettier-ignore
      lines.push(`Try it with: gitward channels test ${added.name}`);
      return { json: added, text: lines.join('\n') };
    },
  );

  asClient(
    channels
      .command('set')
      .description(
        'change a channel; --address reads a new address of a webhook from standard input',
      )
      .argument('<channel>', 'its name or id')
      .option('--email <address>', 'another address, for a channel of mails')
      .option('--address', 'another address of the webhook')
      .option('--default', 'for mirrors and spaces that name nobody, and for every escalation')
      .option('--no-default', 'only for those that name it'),
    io,
    async (
      client,
      channel: string,
      { email, address, default: isDefault }: { email?: string; address?: true; default?: boolean },
    ) => {
      const id = await channelId(client, channel);
      const body = {
        ...(email === undefined ? {} : { email }),
        ...(address === true ? { url: await io.readSecret('New address of the webhook') } : {}),
        ...(isDefault === undefined ? {} : { default: isDefault }),
      };
      const changed = await client.send('PATCH /v1/notice-channels/:channel', {
        channel: id,
        body,
      });
      return { json: changed, text: `Changed the channel ${changed.name}.` };
    },
  );

  asClient(
    channels
      .command('test')
      .description('send a test through a channel')
      .argument('<channel>', 'its name or id'),
    io,
    async (client, channel: string) => {
      const id = await channelId(client, channel);
      const tested = await client.send('POST /v1/notice-channels/:channel/actions/test', {
        channel: id,
      });
      return tested.sent
        ? { json: tested, text: 'The test was sent. Look whether it arrived.' }
        : { json: tested, text: `The test was not sent. ${tested.reason ?? ''}`, exitCode: 1 };
    },
  );

  asClient(
    channels
      .command('notices')
      .description('who was told of which outage, newest first')
      .option('--waiting', 'only what was not sent yet, with why')
      .option('--stream <stream>', 'only of mirror/<project>/<branch> or space/<space>')
      .option('--limit <number>', 'how many (default: 20)'),
    io,
    async (
      client,
      { waiting, stream, limit = '20' }: { waiting?: true; stream?: string; limit?: string },
    ) => {
      const page = await client.send('GET /v1/notices', {
        query: {
          limit,
          ...(waiting === undefined ? {} : { waiting: 'true' }),
          ...(stream === undefined ? {} : { stream }),
        },
      });
      return {
        json: page,
        text: table(
          ['when', 'what', 'about', 'to', 'sent'],
          page.items.map((one) => [
            ...[one.createdAt, one.kind, `${one.stream} (${one.code})`, one.to],
            sentText(one),
          ]),
          'Nobody had to be told of anything.',
        ),
      };
    },
  );

  asClient(
    channels
      .command('remove')
      .description('remove a channel that no active mirror or space names')
      .argument('<channel>', 'its name or id'),
    io,
    async (client, channel: string) => {
      const id = await channelId(client, channel);
      await client.send('DELETE /v1/notice-channels/:channel', { channel: id });
      return { json: { removed: id }, text: `Removed the channel ${channel}.` };
    },
  );
}

/** When it was sent and with how many others, or why not. */
function sentText({
  sentAt,
  lastError,
  covered,
  others,
}: {
  sentAt: string | null;
  lastError: string | null;
  covered: boolean;
  others: number;
}): string {
  if (sentAt === null) return `no: ${lastError ?? 'not tried yet'}`;
  if (covered) return `${sentAt} (an earlier message stands for it)`;
  return others === 0 ? sentAt : `${sentAt} (with ${others} others)`;
}

function kindOf(text: string): ChannelKind {
  const found = channelKinds.find((kind) => kind === text);
  if (found === undefined)
    throw new UsageError(`A channel is one of: ${channelKinds.join(', ')}. It is not "${text}".`);
  return found;
}
