import type { FailureCode } from './errors.ts';
import { failureWords } from './failure-words.ts';
import type { LaneName } from './outage.ts';
import type { StreamState } from './state.ts';

/** The words that differ between products. Sentences begin with a capital and end with a period. */
export interface ProductWords {
  /** One thing that is delivered: `change`. */
  item: 'change' | 'save';
  /** What does not work when the repository cannot be used, without a period. */
  trouble: string;
  /** What happens before the first commit or reading is made. */
  beginning: string;
  /** What is done while nothing that somebody sent is waiting. */
  comparing: string;
}

/** What {@link stateReason} explains. */
export interface ExplainedState {
  state: StreamState;
  /** How many changes or saves were accepted but are not in Git. */
  waiting: number;
  outage: { lane: LaneName; code: FailureCode } | null;
}

/**
 * What is wrong or what is waited for, and what to do, in plain sentences; `null` if nothing is.
 * Built from codes and counts only, never from what a host or a person wrote.
 */
export function stateReason(
  { state, waiting, outage }: ExplainedState,
  words: ProductWords,
): string | null {
  const count = countOf(waiting, words.item);
  switch (state) {
    case 'ended':
    case 'synced':
      return null;
    case 'paused':
      return joined('Paused: nothing is read or sent until somebody resumes it.', count('wait'));
    case 'held':
    case 'escalated':
    case 'retrying':
      return outage && joined(troubleOf(outage, words), toldOf(state), count('wait'));
    case 'initializing':
      return joined(words.beginning, count('wait'));
    case 'syncing':
      return count('be being sent to Git') ?? words.comparing;
    case 'pending':
      return count('wait a moment for others, to become one commit');
  }
}

/** Sentences one after the other, without those that are `null`; `null` if none is left. */
export function joined(...sentences: (string | null)[]): string | null {
  const left = sentences.filter((sentence) => sentence !== null);
  return left.length === 0 ? null : left.join(' ');
}

/**
 * Says how many there are of something and what they do, with the verb in the right number:
 * `3 saves wait.` for `('wait')`; `null` if there are none.
 */
export function countOf(count: number, noun: string): (predicate: string) => string | null {
  return (predicate) => {
    if (count === 0) return null;
    const [verb = '', ...rest] = predicate.split(' ');
    const inflected =
      verb === 'be' ? (count === 1 ? 'is' : 'are') : count === 1 ? `${verb}s` : verb;
    return `${[count, count === 1 ? noun : `${noun}s`, inflected, ...rest].join(' ')}.`;
  };
}

function troubleOf({ lane, code }: NonNullable<ExplainedState['outage']>, words: ProductWords) {
  const { because, whatToDo } = failureWords(code);
  // A resync in the repository lane also reads the project.
  const isSource = lane === 'source' || code.startsWith('source_');
  const trouble =
    isSource && code !== 'mass_removal' ? 'The project cannot be read' : words.trouble;
  return `${trouble}: ${because}. ${whatToDo}`;
}

function toldOf(state: StreamState): string | null {
  return state === 'escalated' ? 'It has lasted so long that the admins were told again.' : null;
}
