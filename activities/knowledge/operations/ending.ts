/** Why something did not come to its end: a stable name, and a sentence that says what to do. */
export interface Failure {
  code: string;
  message: string;
}

/** How an operation ends: `done`, perhaps with something that a person should know, or `failed`. */
export type Ending =
  { state: 'done'; failure: Failure | null } | { state: 'failed'; failure: Failure };
