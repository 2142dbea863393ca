import type { JsonReader } from '../source/json-reader.ts';

/**
 * Why a token is not shown all events of its project, from `tokens/verify`; `null` if it is. To others than the tokens of
 * admins, the platform lists the events that they caused themselves, and does not say so.
 */
export function decodeEventLimits(token: JsonReader): string | null {
  const seesAll =
    token.at('isMasterToken').flag() ||
    !token.at('admin').isAbsent ||
    token.at('canReadAllProjectEvents').flag();
  return seesAll
    ? null
    : 'The project’s token is not that of an admin, so the platform shows it only the events that it caused itself.';
}
