import { ProblemError } from '../../../api/problem-error.ts';

/** A part that a draft and its entry changed differently. */
export interface ClashPart {
  id: string;
  what: 'field' | 'paragraph' | 'file';
  pointer: string;
  base: unknown;
  git: unknown;
  mine: unknown;
}

/** What has to be decided before a draft can be published. */
export interface Clash {
  /** Empty: the entry was removed, and there is nothing to merge with. */
  parts: ClashPart[];
}

/** What an error says has to be decided; `null` if it is about something else. */
export function clashOf(error: unknown): Clash | null {
  if (!(error instanceof ProblemError) || error.code !== 'base_stale') return null;
  const { merge } = error.more as { merge?: { kind?: string; parts?: ClashPart[] } | null };
  return { parts: merge?.parts ?? [] };
}

/** Whether a refused publication only has to be merged first, with nothing to decide. */
export function isMergeable(error: unknown): boolean {
  if (!(error instanceof ProblemError) || error.code !== 'base_stale') return false;
  const { merge } = error.more as { merge?: { kind?: string } | null };
  return merge?.kind === 'clean';
}

/** What a side of a part says, for people: the text of a paragraph, or the value of a field. */
export function sideText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value.trim();
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object'))
    return value.join(', ');
  return JSON.stringify(value, null, 1);
}
