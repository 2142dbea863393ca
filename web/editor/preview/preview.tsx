import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { texts } from '../../texts/index.ts';
import classes from '../rich-text.module.css';
import type { Examples } from './examples.ts';
import { renderMarkdown } from './render-markdown.ts';
import { sanitize } from './sanitize.ts';

/** A Markdown text as its readers see it: safe, and without asking any other host. */
export function Preview({ text, examples }: { text: string; examples?: Examples }) {
  const html = useMemo(() => sanitize(renderMarkdown(text, examples)), [text, examples]);
  if (text.trim() === '')
    return (
      <Text c="dimmed" size="sm">
        {texts.editor.emptyPreview}
      </Text>
    );
  return <div className={classes.text} dangerouslySetInnerHTML={{ __html: html }} />;
}
