import { hasEnded } from '../../../../model/knowledge/operation.ts';
import { checkVerdicts } from '../../../../model/knowledge/check.ts';
import { texts } from '../../../texts/index.ts';
import type { Run } from './check-queries.ts';

const { checks: words } = texts;

/** How far a run is: how many of its examples have a verdict. */
export function runProgress({ examples }: Pick<Run, 'examples'>): { done: number; total: number } {
  const total = Object.values(examples).reduce((sum, count) => sum + count, 0);
  return { done: total - (examples.waiting ?? 0), total };
}

/** What a run came to, a few words for each verdict, those that need somebody first. */
export function runWords({ examples }: Pick<Run, 'examples'>): string[] {
  const said = [...checkVerdicts.filter((one) => one !== 'passed'), 'passed' as const].flatMap(
    (verdict) => {
      const count = examples[verdict] ?? 0;
      return count === 0 ? [] : [words.verdicts[verdict].count(count)];
    },
  );
  const waiting = examples.waiting ?? 0;
  return waiting === 0 ? said : [...said, words.waiting(waiting)];
}

/** What a run is worth, in a word with its colour: red and green only once it has ended. */
export function runState({ state, passed, examples }: Pick<Run, 'state' | 'passed' | 'examples'>): {
  name: string;
  color: string;
} {
  if (!hasEnded(state)) return { name: words.states[state], color: 'blue' };
  if (state === 'failed') return { name: words.states.failed, color: 'red' };
  if (state === 'cancelled') return { name: words.states.cancelled, color: 'gray' };
  if (passed) return { name: words.allPassed, color: 'teal' };
  if ((examples.failed ?? 0) > 0) return { name: words.verdicts.failed.name, color: 'red' };
  if ((examples.needs_person ?? 0) > 0)
    return { name: words.verdicts.needs_person.name, color: 'grape' };
  return { name: words.verdicts.error.name, color: 'orange' };
}

/** A version that can be run, as an address and a choice name it. */
export interface Choice {
  env: string;
  promoted?: true;
}

/** A choice as one text, which no name of an environment can be taken for: those have no line ends. */
export function choiceText({ env, promoted }: Choice): string {
  return promoted === true ? `promoted\n${env}` : env;
}

/** The choice of a text of {@link choiceText}. */
export function choiceOf(text: string): Choice {
  const [first = '', env] = text.split('\n');
  return env === undefined ? { env: first } : { env, promoted: true };
}
