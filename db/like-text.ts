/** A text as part of a pattern of `LIKE`, in which it stands for nothing but itself. */
export function likeText(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&');
}
