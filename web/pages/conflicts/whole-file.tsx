import { Button, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { texts } from '../../texts/index.ts';

const { conflicts: words } = texts;

/** The whole file, to be written by hand: for what can be put together in no other way. */
export function WholeFile({
  start,
  isSaving,
  onSave,
}: {
  /** What one begins with. */
  start: string;
  isSaving: boolean;
  onSave: (text: string) => void;
}) {
  const [text, setText] = useState<string | null>(null);
  if (text === null)
    return (
      <Button variant="subtle" onClick={() => setText(start)}>
        {words.whole}
      </Button>
    );
  return (
    <Stack align="start">
      <Textarea
        w="100%"
        label={words.wholeLabel}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        autosize
        minRows={8}
        maxRows={40}
        ff="monospace"
        spellCheck
      />
      <Button loading={isSaving} disabled={text === start} onClick={() => onSave(text)}>
        {words.saveWhole}
      </Button>
    </Stack>
  );
}
