/** What an example of a prompt is worth after it was run. `error`: it could not be run, which says nothing about the prompt. */
export type CheckVerdict = 'passed' | 'failed' | 'error' | 'needs_person';

/** The verdicts, as schemas list them. */
export const checkVerdicts = [
  'passed',
  'failed',
  'error',
  'needs_person',
] as const satisfies CheckVerdict[];

/** An entry that a checked text was made of. */
export interface CheckSource {
  space: string;
  id: string;
  blob: string;
  commit: string | null;
}

/** What an example said to the prompt, and expects of the answer, in words. */
export interface CheckedExample {
  input: string | null;
  expected: string[];
}
