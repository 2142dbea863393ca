import { markEdits, tokenize, type ChangeData, type HunkTokens } from 'react-diff-view';
import { refractor } from 'refractor/core';
import bash from 'refractor/bash';
import json from 'refractor/json';
import julia from 'refractor/julia';
import markdown from 'refractor/markdown';
import python from 'refractor/python';
import r from 'refractor/r';
import sql from 'refractor/sql';
import toml from 'refractor/toml';
import yaml from 'refractor/yaml';
import { hunkOf } from './fold.ts';

for (const language of [bash, json, julia, markdown, python, r, sql, toml, yaml])
  refractor.register(language);

/** In the form that the library expects, of an older version. */
const highlighter = {
  highlight: (text: string, language: string) => refractor.highlight(text, language).children,
};

/** What is coloured at most: characters of both sides, and of a line. Beyond, colours are not worth their time. */
const mostText = 64 * 1024;
const longestLine = 1_000;
/** Within lines, differences are marked if so many lines differ at most. */
const mostMarked = 200;

/** The colours of the lines of a file, and which words differ; `null` if there is too much for that. */
export function highlight(changes: ChangeData[], language: string | null): HunkTokens | null {
  const size = changes.reduce((sum, { content }) => sum + content.length, 0);
  if (size > mostText || changes.some(({ content }) => content.length > longestLine)) return null;
  const hunks = [hunkOf(changes)];
  const differing = changes.filter(({ type }) => type !== 'normal').length;
  const enhancers = differing > mostMarked ? [] : [markEdits(hunks, { type: 'block' })];
  if (language === null) return tokenize(hunks, { enhancers });
  return tokenize(hunks, { enhancers, highlight: true, refractor: highlighter, language });
}
