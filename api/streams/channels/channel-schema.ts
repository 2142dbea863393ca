import { Type, type Static } from '@fastify/type-provider-typebox';
import type { NoticeChannel } from '../../../db/streams/notice-channels.ts';
import { channelKinds } from '../../../model/streams/notice-channel.ts';
import { Email, Name, Nullable, OneOf, Strict, Time, Uuid } from '../../http/schema-parts.ts';

const Url = Type.String({
  minLength: 1,
  maxLength: 2_048,
  writeOnly: true,
  description: 'The address of the incoming webhook. It is sealed and never returned.',
});

const SigningSecret = Type.String({
  pattern: '^whsec_[A-Za-z0-9+/]{32,128}={0,2}$',
  writeOnly: true,
  description: 'What messages are signed with: `whsec_` and 24 to 96 bytes as base64.',
});

const IsDefault = Type.Boolean({
  description:
    'Whether it gets the notices of mirrors and spaces that name nobody, and every escalation.',
});

/** The body of a new channel. */
export const ChannelBody = Strict({
  name: Name,
  kind: OneOf(...channelKinds),
  email: Type.Optional(Email),
  url: Type.Optional(Url),
  secret: Type.Optional(SigningSecret),
  default: Type.Optional(IsDefault),
});

/** What changes of a channel. */
export const ChannelChangeBody = Strict({
  email: Type.Optional(Email),
  url: Type.Optional(Url),
  secret: Type.Optional(SigningSecret),
  default: Type.Optional(IsDefault),
});

/** A channel in a path. */
export const ChannelParams = Type.Object({ channel: Uuid });

/** A channel as the API returns it. */
export const ChannelView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  kind: OneOf(...channelKinds),
  leadsTo: Nullable(
    Type.String({
      description:
        'The address of a mail, or the origin of a webhook; `null` for who may not see all projects and spaces.',
    }),
  ),
  default: IsDefault,
  createdAt: Time,
  changedAt: Nullable(Time),
});

/** A new channel, with the secret that was made for it. */
export const NewChannelView = Type.Object({
  ...ChannelView.properties,
  secret: Nullable(Type.String(), {
    description: 'What its messages are signed with, if it was made here: it is shown only now.',
  }),
});

/** All channels. */
export const ChannelList = Type.Object({ items: Type.Array(ChannelView) });

/** What became of a test. */
export const ChannelTestView = Type.Object({
  sent: Type.Boolean(),
  reason: Nullable(Type.String({ description: 'Why it was not sent, and what to do.' })),
});

/** A channel as answers contain it. */
export function channelView({
  createdAt,
  changedAt,
  isDefault,
  ...channel
}: NoticeChannel): Static<typeof ChannelView> {
  return {
    ...channel,
    default: isDefault,
    createdAt: createdAt.toISOString(),
    changedAt: changedAt?.toISOString() ?? null,
  };
}
