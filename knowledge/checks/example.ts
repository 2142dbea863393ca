import type { EntryFields, JsonSchema } from '../../model/knowledge/entry.ts';

/** What an example of a prompt expects of an answer. */
export type Expectation =
  /** The answer has this text, in this case. */
  | { kind: 'contains'; text: string }
  /** The answer does not have it. */
  | { kind: 'lacks'; text: string }
  /** The answer is JSON that this schema allows. */
  | { kind: 'schema'; schema: JsonSchema }
  /** Only a person can say whether the answer is like that. */
  | { kind: 'person'; text: string };

/** An example in a prompt's file that can be run as a check. */
export interface Example {
  /** What its heading says; unique among those of the prompt. */
  name: string;
  /** The variant whose section it is in; `null`: it is for each variant. */
  variant: string | null;
  /** What is filled in when the prompt is rendered for it. */
  values: EntryFields;
  /** What the user says to the prompt; `null`: nothing, the prompt stands alone. */
  input: string | null;
  /** At least one. */
  expected: Expectation[];
}

/** Something about the examples of a prompt that somebody should look at. */
export interface ExampleFault {
  /** The line of the body, counted from 1. */
  line: number;
  message: string;
}

/** An example as it is sent to a model and judged. */
export interface AskedExample {
  messages: { role: 'system' | 'user'; content: string }[];
  expected: Expectation[];
}

/** What an example expects, in a line for people. */
export function expectationWords(expected: Expectation): string {
  switch (expected.kind) {
    case 'contains':
      return `contains: ${expected.text}`;
    case 'lacks':
      return `not contains: ${expected.text}`;
    case 'schema':
      return `JSON: ${JSON.stringify(expected.schema)}`;
    case 'person':
      return expected.text;
  }
}
