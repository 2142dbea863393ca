import type { DraftContent } from './draft-keeper.ts';

/** Whether a stored draft says what was sent; the file may have other line ends. */
export function isContentOf(
  { body, text, fields = {} }: DraftContent,
  draft: { body: string; text: string | null; fields: Record<string, unknown> },
): boolean {
  if (body !== undefined && plain(body) !== plain(draft.body)) return false;
  if (text !== undefined && plain(text) !== plain(draft.text ?? '')) return false;
  return Object.entries(fields).every(
    ([name, value]) => JSON.stringify(value ?? null) === JSON.stringify(draft.fields[name] ?? null),
  );
}

function plain(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').trimEnd();
}
