import type { NoticeSubject } from '../notice-subject.ts';

/** A time for people: `2026-05-01 02:00 UTC`. */
export function utc(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** A text of these paragraphs. */
export function paragraphs(parts: string[]): string {
  return `${parts.join('\n\n')}\n`;
}

/** How much waits, as a sentence. */
export function waiting({
  waiting: count,
  subject: { item },
}: {
  waiting: number;
  subject: NoticeSubject;
}): string {
  if (count === 0) return `No ${item}s are waiting.`;
  return count === 1 ? `One ${item} is waiting.` : `${count} ${item}s are waiting.`;
}
