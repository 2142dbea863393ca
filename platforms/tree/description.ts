/** The content of a description's file: without trailing white space, and ending in one newline. */
export function descriptionText(description: string): string {
  let end = description.length;
  while (end > 0 && ' \r\n\t'.includes(description.charAt(end - 1))) end--;
  return `${description.slice(0, end)}\n`;
}
