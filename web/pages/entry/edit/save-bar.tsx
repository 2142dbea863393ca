import {
  ActionIcon,
  Anchor,
  Button,
  Group,
  Paper,
  Stack,
  Text,
  TextInput,
  Tooltip,
} from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Confirm } from '../../../parts/confirm.tsx';
import type { Entry } from '../../../api/types.ts';
import { texts } from '../../../texts/index.ts';
import { KeptNote } from '../save/kept-note.tsx';
import type { Publishing } from '../save/use-publish.ts';
import type { Editing } from './use-editing.ts';

const words = texts.entry;

/** Saves, says how what was written is kept, and what became of what was saved. It stays in sight. */
export function SaveBar({
  entry,
  editing,
  publishing,
  news,
  isNew,
  onSave,
  onDiscard,
}: {
  /** `null`: it is new. */
  entry: Entry | null;
  editing: Editing;
  publishing: Publishing;
  news: string | null;
  isNew: boolean;
  onSave: (message: string) => void;
  onDiscard: () => Promise<void>;
}) {
  const [message, setMessage] = useState('');
  const [isAsking, setAsking] = useState(false);
  const discard = useMutation({ mutationFn: onDiscard, onSuccess: () => setAsking(false) });
  const { isChanged, draft, kept } = editing;
  const { saved, canUndo, isSaving, clash } = publishing;
  const needs = isChanged ? (draft?.needs ?? null) : null;
  return (
    <Paper withBorder p="sm" shadow="sm">
      <Stack gap="xs">
        {news !== null && (
          <Text size="sm" role="status">
            {news}
          </Text>
        )}
        {needs !== null && (
          <Text size="sm">
            <b>{words.needsReview}</b>
            {`. ${needs.length === 0 ? words.needsHost : words.needsRules(needs.map(({ name }) => name).join(', '))}`}
          </Text>
        )}
        <Group justify="space-between" gap="sm">
          <Group gap="sm" flex={1}>
            {isChanged ? (
              <KeptNote kept={kept} isChanged={isChanged} />
            ) : (
              <Text size="sm" c="dimmed" role="status">
                {saved === null ? '' : savedText(saved.review, entry)}
              </Text>
            )}
            {!isChanged && saved !== null && canUndo && (
              <Anchor component="button" type="button" size="sm" onClick={publishing.undo}>
                {words.undo}
              </Anchor>
            )}
          </Group>
          {isChanged && (
            <TextInput
              size="sm"
              flex={1}
              miw="12rem"
              aria-label={words.message}
              placeholder={words.message}
              value={message}
              onChange={(event) => setMessage(event.currentTarget.value)}
              onKeyDown={(event) => event.key === 'Enter' && onSave(message)}
            />
          )}
          <Group gap="xs">
            {isChanged && draft !== null && (
              <Tooltip label={words.discard}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="lg"
                  aria-label={words.discard}
                  onClick={() => setAsking(true)}
                >
                  <IconTrash size={18} aria-hidden />
                </ActionIcon>
              </Tooltip>
            )}
            <Button
              disabled={!isChanged || clash !== null}
              loading={isSaving}
              aria-keyshortcuts="Control+S Meta+S"
              onClick={() => {
                onSave(message);
                setMessage('');
              }}
            >
              {needs !== null ? words.sendForReview : isNew ? words.create : words.save}
            </Button>
          </Group>
        </Group>
      </Stack>
      <Confirm
        question={isAsking ? words.discardQuestion : null}
        isWorking={discard.isPending}
        error={discard.error}
        onConfirm={() => discard.mutate()}
        onClose={() => setAsking(false)}
      />
    </Paper>
  );
}

/** What became of what was saved, as it is now. */
function savedText(review: number | null, entry: Entry | null): string {
  if (review !== null) return words.savedReview(review);
  if (entry === null) return words.saved;
  return words.savedAs[entry.syncStatus];
}
