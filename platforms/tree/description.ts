/** A description as its file holds it: without space at its end, and with one newline. */
export function descriptionText(description: string): string {
  let end = description.length;
  while (end > 0 && ' \r\n\t'.includes(description.charAt(end - 1))) end--;
  return `${description.slice(0, end)}\n`;
}
