import { ProblemError } from '../../../api/problem-error.ts';

/** Where what looks like a secret is in a file that was not saved. */
export interface FoundSecret {
  path: string;
  /** From 1, in the file. */
  line: number;
  rule: string;
  /** Confirms it. */
  fingerprint: string;
}

/** The secrets because of which nothing was saved; `null` if an error is about something else. */
export function secretsOf(error: unknown): FoundSecret[] | null {
  if (!(error instanceof ProblemError) || error.code !== 'secret_found') return null;
  return (error.more as { secrets?: FoundSecret[] }).secrets ?? [];
}

/** The line of a file, as long as it can be shown. */
export function shownLine(text: string | null, line: number): string {
  const found = text?.split(/\r?\n/)[line - 1]?.trim() ?? '';
  return found.length > 120 ? `${found.slice(0, 119)}…` : found;
}
