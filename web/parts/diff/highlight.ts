import { markEdits, tokenize, type ChangeData, type HunkTokens } from 'react-diff-view';
import { refractor } from 'refractor/core';
import json from 'refractor/json';
import julia from 'refractor/julia';
import markdown from 'refractor/markdown';
import python from 'refractor/python';
import r from 'refractor/r';
import sql from 'refractor/sql';
import yaml from 'refractor/yaml';
import { hunkOf } from './fold.ts';

for (const language of [json, julia, markdown, python, r, sql, yaml]) refractor.register(language);

/** In the form that the library expects, of an older version. */
const highlighter = {
  highlight: (text: string, language: string) => refractor.highlight(text, language).children,
};

/**
 * What is coloured at most: characters in all and in a line, and lines. The time that it takes can grow with the square of
 * a text that is made for it: most for Markdown, where 60 KB of brackets take 20 s. Within these limits, it is a second.
 */
const mostText = 32 * 1024;
const mostMarkdown = 8 * 1024;
const longestLine = 1_000;
const mostLines = 2_000;
/** Within lines, differences are marked if so many lines differ at most. */
const mostMarked = 200;

/** The colours of the lines of a file, and which words differ; `null` if there is too much for that. */
export function highlight(changes: ChangeData[], language: string | null): HunkTokens | null {
  const size = changes.reduce((sum, { content }) => sum + content.length, 0);
  const isTooMuch =
    size > (language === 'markdown' ? mostMarkdown : mostText) ||
    changes.length > mostLines ||
    changes.some(({ content }) => content.length > longestLine);
  if (isTooMuch) return null;
  const hunks = [hunkOf(changes)];
  const differing = changes.filter(({ type }) => type !== 'normal').length;
  const enhancers = differing > mostMarked ? [] : [markEdits(hunks, { type: 'block' })];
  if (language === null) return tokenize(hunks, { enhancers });
  return tokenize(hunks, { enhancers, highlight: true, refractor: highlighter, language });
}
