import { List, Stack, Text } from '@mantine/core';
import { texts } from '../../../texts/index.ts';
import { changeSentences, type ChangePreview } from './change-sentences.ts';

const words = texts.settings;
const kinds = ['removes', 'replaces', 'adds'] as const;
/** How many paths of each kind are named. */
const shown = 10;

/** What other settings would do, in sentences, and the first paths. */
export function WhatHappens({ preview }: { preview: ChangePreview }) {
  const { commit, warnings } = preview;
  return (
    <Stack gap="xs" role="status">
      <List>
        {[...changeSentences(preview), ...warnings.first].map((sentence) => (
          <List.Item key={sentence}>{sentence}</List.Item>
        ))}
      </List>
      {commit !== null &&
        kinds
          .filter((kind) => commit[kind].count > 0)
          .map((kind) => (
            <details key={kind}>
              <summary>{`${words.pathsOf[kind]}: ${commit[kind].count.toLocaleString('en')}`}</summary>
              <List size="sm" ff="monospace">
                {commit[kind].first.slice(0, shown).map((path) => (
                  <List.Item key={path} style={{ overflowWrap: 'anywhere' }}>
                    {path}
                  </List.Item>
                ))}
              </List>
              {commit[kind].count > shown && (
                <Text size="sm" c="dimmed">
                  {words.morePaths(commit[kind].count - shown)}
                </Text>
              )}
            </details>
          ))}
    </Stack>
  );
}
