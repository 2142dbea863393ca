import type { AddressPolicy } from '../../http/ports.ts';
import { checkedAddress } from '../repository-refusals.ts';

/**
 * The origin that a credential is for (`https://host[:port]`), from what a person knows: the origin,
 * a host name (which means `https:`), or the address of a repository there. Throws `ApiProblem` 422
 * if it is no address, or the settings do not allow it.
 */
export function originFrom(text: string, policy: AddressPolicy): string {
  const address = text.includes('://') ? text : `https://${text}`;
  return new URL(checkedAddress('/origin', () => policy.checkHttpUrl(address))).origin;
}
