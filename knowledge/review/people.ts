import { roleAllows, roles, type Role } from '../../model/access/roles.ts';

/** Somebody whom a rule may name. */
export interface Somebody {
  email: string;
  role: Role | null;
}

const rolePrefix = 'role:';
const emailPattern = /^[^\s@<>,;]+@[^\s@<>,;]+$/;

/** What a rule may name: `role:publisher`, or an e-mail address. `null` if the text is neither. */
export function roleOrEmail(text: string): { role: Role } | { email: string } | null {
  if (!text.startsWith(rolePrefix)) return emailPattern.test(text) ? { email: text } : null;
  const role = roles.find((one) => one === text.slice(rolePrefix.length));
  return role === undefined ? null : { role };
}

/** Whether somebody is named, or has one of the named roles or a higher one. */
export function isAmong(named: readonly string[], { email, role }: Somebody): boolean {
  return named.some((text) => {
    const one = roleOrEmail(text);
    if (one === null) return false;
    if ('email' in one) return sameEmail(one.email, email);
    return role !== null && roleAllows(role, one.role);
  });
}

/** Whether somebody is named, or has one of the named roles or a lower one. No role is lower than all. */
export function isAmongOrBelow(named: readonly string[], { email, role }: Somebody): boolean {
  return named.some((text) => {
    const one = roleOrEmail(text);
    if (one === null) return false;
    if ('email' in one) return sameEmail(one.email, email);
    return role === null || roleAllows(one.role, role);
  });
}

/** An e-mail address in the form in which two of the same person are equal. */
export function emailKey(email: string): string {
  return email.trim().toLowerCase();
}

function sameEmail(one: string, other: string): boolean {
  return emailKey(one) === emailKey(other);
}
