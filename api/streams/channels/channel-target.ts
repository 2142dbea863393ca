import { randomBytes } from 'node:crypto';
import type { Static } from '@fastify/type-provider-typebox';
import type { ChannelKind, ChannelTarget } from '../../../model/streams/notice-channel.ts';
import type { AddressPolicy } from '../../http/ports.ts';
import { fieldProblem } from '../../http/problem.ts';
import { checkedAddress } from '../repository-refusals.ts';
import type { ChannelBody } from './channel-schema.ts';

type Asked = Pick<Static<typeof ChannelBody>, 'email' | 'url' | 'secret'>;

/**
 * The target of a channel as it was asked for; what was not said is as `before`. Throws `ApiProblem` 422 with the field
 * that is missing, does not belong to the kind, or is an address that the settings do not allow.
 */
export function targetFrom(
  kind: ChannelKind,
  asked: Asked,
  policy: AddressPolicy,
  before: ChannelTarget | null = null,
): { target: ChannelTarget; madeSecret: string | null } {
  const { email, url, secret } = asked;
  if (kind === 'email') {
    refuse('url', url, 'a channel of mails has an e-mail address instead');
    refuse('secret', secret, 'only webhooks are signed');
    const address = email ?? (before?.kind === 'email' ? before.address : undefined);
    if (address === undefined) throw fieldProblem('/email', 'is needed for a channel of mails');
    return { target: { kind, address }, madeSecret: null };
  }
  refuse('email', email, 'only a channel of mails has one');
  const formerUrl = before === null || before.kind === 'email' ? undefined : before.url;
  const checkedUrl =
    url === undefined ? formerUrl : checkedAddress('/url', () => policy.checkHttpUrl(url));
  if (checkedUrl === undefined)
    throw fieldProblem('/url', 'is needed: the address of the incoming webhook');
  if (kind !== 'webhook') {
    refuse('secret', secret, 'only webhooks of your own are signed');
    return { target: { kind, url: checkedUrl }, madeSecret: null };
  }
  const former = before?.kind === 'webhook' ? before.secret : undefined;
  const madeSecret = secret === undefined && former === undefined ? newSecret() : null;
  const signedWith = secret ?? former ?? madeSecret ?? '';
  return { target: { kind, url: checkedUrl, secret: signedWith }, madeSecret };
}

function refuse(field: string, value: string | undefined, why: string): void {
  if (value !== undefined) throw fieldProblem(`/${field}`, `does not belong here: ${why}`);
}

/** As standardwebhooks.com recommends. */
function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}
