import type { Description } from './description.ts';
import type { Account, Pull } from './pull.ts';

/** A request for the API, by somebody. */
export interface Call {
  method: string;
  /** The path as the description has it: `/repos/{owner}/{repo}/pulls`. */
  operation: string;
  /** What is in place of the names in braces. */
  parameters: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** Its fields have the types of the description; those that a stand-in looks at are texts. */
  body: Readonly<Record<string, string>>;
  by: Account;
}

/** An answer: its status and its JSON. */
export type Reply = [status: number, body?: unknown];

/** Answers one operation. `pull` is the one in the path, if there is one. */
export type Answering = (call: Call, pull: Pull) => Reply | Promise<Reply>;

/** One host's way to answer. */
export interface HostDialect {
  /** Where the API is, below the origin. */
  api: string;
  description: Description;
  answer(call: Call): Promise<Reply>;
  /** What it says to those whom it does not know, with 401. */
  stranger: object;
}
