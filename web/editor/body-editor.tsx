import { Box, Group, Loader, Paper, SegmentedControl, Text, Tooltip } from '@mantine/core';
import { lazy, Suspense, useImperativeHandle, useRef, useState, type Ref } from 'react';
import { texts } from '../texts/index.ts';
import { examplesOf } from './preview/examples.ts';
import { Preview } from './preview/preview.tsx';
import type { FindEntries } from './rich/link-dialog.tsx';
import { RichView, type EditorHandle } from './rich/rich-view.tsx';
import type { JsonValue } from '../../model/knowledge/entry.ts';

const words = texts.editor;
const SourceView = lazy(() => import('./source/source-view.tsx'));

/** Longer texts are edited as source: a page of blocks of that length is slow. */
const longest = 500_000;

export type BodyView = 'rich' | 'source' | 'preview';

/** The text of an entry: written as it looks, as Markdown, or shown as its readers see it. */
export function BodyEditor({
  initial,
  firstLine,
  variables,
  findEntries,
  words: wordsNow,
  onChange,
  handle,
}: {
  initial: string;
  /** On which line of the file the text begins. */
  firstLine: number;
  variables: JsonValue | undefined;
  findEntries: FindEntries;
  /** How many words there are now. */
  words: number;
  onChange: () => void;
  handle: Ref<EditorHandle>;
}) {
  const isLong = initial.length > longest;
  const [view, setView] = useState<BodyView>(isLong ? 'source' : 'rich');
  /** What the view that is shown began with. */
  const [text, setText] = useState(initial);
  const inner = useRef<EditorHandle>(null);
  const now = () => inner.current?.text() ?? text;
  const show = (next: BodyView) => {
    if (next === view) return;
    setText(now());
    setView(next);
  };
  useImperativeHandle(handle, () => ({
    text: now,
    replace: (replaced) => {
      inner.current?.replace(replaced);
      setText(replaced);
    },
    goTo: (heading) => inner.current?.goTo(heading),
    focus: () => inner.current?.focus(),
  }));
  const examples = examplesOf(variables);
  const parts = { initial: text, onChange, handle: inner };
  return (
    <Paper
      withBorder
      onKeyDown={(event) => {
        if (event.key.toLowerCase() !== 'e' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        show(view === 'source' && !isLong ? 'rich' : 'source');
      }}
    >
      <Group justify="space-between" px="xs" py={6} gap="xs">
        <Tooltip label={words.sourceKey}>
          <SegmentedControl
            size="xs"
            aria-label={words.views}
            value={view}
            onChange={(next) => show(next as BodyView)}
            data={[
              ...(isLong ? [] : [{ value: 'rich', label: words.rich }]),
              { value: 'source', label: words.source },
              { value: 'preview', label: words.preview },
            ]}
          />
        </Tooltip>
        <Text size="xs" c="dimmed">
          {words.words(wordsNow)}
        </Text>
      </Group>
      {isLong && (
        <Text size="sm" c="dimmed" px="md">
          {words.tooLong}
        </Text>
      )}
      {view === 'rich' && (
        <RichView {...parts} variables={[...examples.keys()]} findEntries={findEntries} />
      )}
      {view === 'source' && (
        <Suspense fallback={<Loader m="md" size="sm" aria-label={texts.common.loading} />}>
          <SourceView {...parts} label={words.source} firstLine={firstLine} />
        </Suspense>
      )}
      {view === 'preview' && (
        <Box p="md">
          {examples.size > 0 && (
            <Text size="xs" c="dimmed">
              {words.examples}
            </Text>
          )}
          <Preview text={text} examples={examples} />
        </Box>
      )}
    </Paper>
  );
}
