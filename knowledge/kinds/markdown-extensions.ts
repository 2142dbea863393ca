/** How names of Markdown files may end, in lower case: plain Markdown, and the forms of it that are read as such. */
export const markdownExtensions = ['md', 'markdown', 'mdx', 'mdoc', 'qmd', 'rmd'] as const;

const ending = new RegExp(String.raw`\.(?:${markdownExtensions.join('|')})$`, 'i');

/** Whether a file is Markdown, by its name. */
export function isMarkdownName(name: string): boolean {
  return ending.test(name);
}
