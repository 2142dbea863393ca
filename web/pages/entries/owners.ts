import { fieldTerm } from './search-terms.ts';

/** Somebody who looks after an entry, as its front matter says. */
export interface Owner {
  name: string;
  /** What finds all that this person owns. */
  term: string;
}

/** The owners of an entry: names, addresses, or objects with a `name` and an `email`. Whatever else stands there is left out. */
export function ownersOf(fields: Readonly<Record<string, unknown>>): Owner[] {
  const { owners } = fields;
  const all = (Array.isArray(owners) ? owners : [owners]).flatMap((one) => ownerOf(one) ?? []);
  return [...new Map(all.map((owner) => [owner.term, owner])).values()];
}

function ownerOf(one: unknown): Owner | null {
  const whole = textOf(one);
  if (whole !== null) return { name: whole, term: fieldTerm('owners', whole) };
  if (typeof one !== 'object' || one === null) return null;
  const { name, email } = one as Record<string, unknown>;
  const [shown, address] = [textOf(name), textOf(email)];
  if (address !== null) return { name: shown ?? address, term: fieldTerm('owners.email', address) };
  return shown === null ? null : { name: shown, term: fieldTerm('owners.name', shown) };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
