import type { CheckVerdict } from '../../../model/knowledge/check.ts';

const many = (count: number, one: string, more: string) =>
  count === 1 ? `1 ${one}` : `${count.toLocaleString('en')} ${more}`;

const verdicts: Record<CheckVerdict, { name: string; count: (count: number) => string }> = {
  passed: { name: 'Passed', count: (count) => `${count.toLocaleString('en')} passed` },
  failed: { name: 'Failed', count: (count) => `${count.toLocaleString('en')} failed` },
  error: {
    name: 'Not answered',
    count: (count) => many(count, 'was not answered', 'were not answered'),
  },
  needs_person: {
    name: 'For a person',
    count: (count) => many(count, 'waits for a person', 'wait for a person'),
  },
};

/** Texts of checks: the examples of a prompt, run against a model. */
export const checks = {
  title: 'Checks',
  off: 'No model is named for this space',
  offHint:
    'The examples of a prompt can be sent to a model, and what it answers be judged. For that, an admin names a model in the settings of the space, by the API or the command line:',
  offCommand: (space: string) =>
    `gitward knowledge spaces set ${space} --checks-address ADDRESS --checks-model MODEL`,
  runTitle: 'Run the examples',
  model: (model: string, host: string) => `They are sent to ${model} at ${host}.`,
  which: 'Which version',
  groups: { as: 'As it is in', promoted: 'As it would be if it was promoted' },
  ifPromoted: (name: string) => `${name}, with this prompt as it is now`,
  latest: 'Now',
  started: 'Started',
  variant: 'Variant',
  allVariants: 'All variants',
  run: 'Run',
  runs: 'Runs',
  noRuns: 'No example was run yet.',
  states: {
    waiting: 'Waits for its turn',
    running: 'Goes on',
    done: 'Done',
    failed: 'Failed',
    cancelled: 'Stopped',
  },
  allPassed: 'All passed',
  verdicts,
  waiting: (count: number) => `${count.toLocaleString('en')} to go`,
  progress: (done: number, total: number) =>
    `${done.toLocaleString('en')} of ${total.toLocaleString('en')} examples`,
  by: (name: string) => `by ${name}`,
  from: 'Read from',
  commit: 'Version',
  modelFact: 'Model',
  variantFact: 'Variant',
  unsaved: 'not in Git yet',
  results: 'Examples',
  input: 'Input',
  noInput: 'The prompt alone',
  expected: 'Expected',
  answer: 'Answer',
  noAnswer: 'No answer yet.',
  judgedBy: (name: string, verdict: string) => `${name} said: ${verdict}`,
  judge: 'Is the answer as it should be?',
  judgeNote: 'Why? (optional)',
  judgePassed: 'Passed',
  judgeFailed: 'Failed',
  onlyPeople: 'A person has to judge this, and this is the token of a machine.',
  judgeOf: (name: string) => `Judge ${name}`,
};
