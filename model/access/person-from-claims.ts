import type { Claims, OpenIdConnect } from './open-id-connect.ts';
import type { Grants, PersonFacts } from './person.ts';

type Rules = Pick<OpenIdConnect, 'groupsClaim' | 'rules' | 'everyone'>;

/** What a provider's claims say of a person; `null` if no rule lets them in. */
export function personFromClaims(settings: Rules, claims: Claims): PersonFacts | null {
  const grants = grantsOf(settings, claims);
  if (grants === null) return null;
  const email = emailIn(claims);
  const name =
    nameIn(claims.name) ?? nameIn(claims.preferred_username) ?? email ?? nameIn(claims.sub);
  const { role, projects, spaces } = grants;
  return { name: name ?? 'Unknown', email, role, projects, spaces };
}

/**
 * The grants of the first rule with a group of the person, or those of everyone. Rules are not added
 * up: a role holds for all grants beside it, so the sum of two rules could be more than both.
 */
function grantsOf({ groupsClaim, rules, everyone }: Rules, claims: Claims): Grants | null {
  const groups = new Set(groupsIn(claims, groupsClaim));
  return rules.find(({ group }) => groups.has(group)) ?? everyone;
}

/** The groups in a claim: a list of texts, or one text. */
function groupsIn(claims: Claims, name: string): string[] {
  const found = claims[name] ?? valueAt(claims, name.split('.'));
  const list: unknown[] = Array.isArray(found) ? found : [found];
  return list.filter((group) => typeof group === 'string');
}

function valueAt(claims: Claims, path: readonly string[]): unknown {
  let value: unknown = claims;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

const emailPattern = /^[^\s\p{Cc}@<>,;]+@[^\s\p{Cc}@<>,;]+$/u;

/** The e-mail address, unless the provider says that nobody has confirmed it. */
function emailIn({ email, email_verified: isVerified }: Claims): string | null {
  if (typeof email !== 'string' || email.length > 254 || !emailPattern.test(email)) return null;
  return isVerified === false || isVerified === 'false' ? null : email;
}

function nameIn(text: unknown): string | null {
  if (typeof text !== 'string') return null;
  const line = text
    .slice(0, 1_000)
    .replace(/[\p{Cc}\p{Surrogate}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return line === '' ? null : Array.from(line).slice(0, 200).join('');
}
