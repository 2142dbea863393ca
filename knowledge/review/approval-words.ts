import type { ReviewNeed } from '../../model/knowledge/review-rules.ts';
import { roleOrEmail } from './people.ts';

/** Says that somebody asked for changes. */
export function changesAsked(name: string): string {
  return `${name} asked for changes, and has to approve or withdraw that.`;
}

/**
 * Says that `more` approvals are needed although there are `there` already: "Two more approvals of people with the role
 * publisher or higher are needed (rule "Prices")."
 */
export function missingApprovals(
  { name, approvals, approvers, author }: ReviewNeed,
  more: number,
  there: number,
): string {
  // The authors' own approval counted, but none of anybody else.
  const onlyOwn = author && there >= approvals;
  const number = `${numbers[more] ?? String(more)}${there > 0 ? ' more' : ''}`;
  const noun = more === 1 ? 'approval' : 'approvals';
  const verb = more === 1 ? 'is' : 'are';
  const who = approvers === null ? '' : ` of ${peopleNamed(approvers)}`;
  const notOwn = onlyOwn ? ', not by an author,' : '';
  return `${number} ${noun}${who}${notOwn} ${verb} needed (rule "${name}").`;
}

const numbers = [
  ...['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'],
];

/** How many persons are named in a sentence. */
const mostNamed = 5;

function peopleNamed(approvers: readonly string[]): string {
  const people = approvers.flatMap((text) => {
    const one = roleOrEmail(text);
    if (one === null) return [];
    return 'email' in one ? [one.email] : [`people with the role ${one.role} or higher`];
  });
  const named = people.slice(0, mostNamed);
  const others = people.length - named.length;
  if (others > 0) return `${named.join(', ')} or ${others} others`;
  const last = named.pop() ?? 'nobody';
  return named.length === 0 ? last : `${named.join(', ')} or ${last}`;
}
