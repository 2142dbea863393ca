import { Button, Group, Modal, NavLink, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { texts } from '../../texts/index.ts';

const words = texts.editor;

/** An entry that can be linked to. */
export interface LinkTarget {
  id: string;
  title: string;
  /** What tells it from others with the same title. */
  detail: string;
  /** Where a link from the text leads. */
  href: string;
}

/** Finds entries by words. */
export type FindEntries = (text: string, signal: AbortSignal) => Promise<LinkTarget[]>;

/** Asks where a link leads: to an address, or to an entry that is found by its words. */
export function LinkDialog({
  href,
  hasText,
  findEntries,
  onSet,
  onClose,
}: {
  href: string;
  /** Whether the link needs a text, because none is selected. */
  hasText: boolean;
  findEntries: FindEntries;
  onSet: (href: string, text: string) => void;
  onClose: () => void;
}) {
  const [target, setTarget] = useState(href);
  const [text, setText] = useState('');
  const [query] = useDebouncedValue(target.trim(), 200);
  const isAddress = /^(?:\w+:|\/|\.{1,2}\/|#)/.test(query);
  const { data: found } = useQuery({
    queryKey: ['link-targets', query],
    queryFn: ({ signal }) => findEntries(query, signal),
    enabled: query !== '' && !isAddress,
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={words.linkTitle}
      closeButtonProps={{ 'aria-label': texts.common.close }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (target.trim() !== '') onSet(target.trim(), text);
        }}
      >
        <Stack>
          <TextInput
            data-autofocus
            label={words.linkTo}
            description={words.linkToHelp}
            value={target}
            onChange={(event) => setTarget(event.currentTarget.value)}
          />
          {!isAddress && query !== '' && found !== undefined && (
            <Stack gap={0} role="group" aria-label={words.linkFound}>
              {found.map((one) => (
                <NavLink
                  key={one.id}
                  component="button"
                  type="button"
                  label={one.title}
                  description={one.detail}
                  onClick={() => onSet(one.href, text === '' ? one.title : text)}
                />
              ))}
              {found.length === 0 && (
                <Text size="sm" c="dimmed" role="status">
                  {words.linkNone}
                </Text>
              )}
            </Stack>
          )}
          {hasText && (
            <TextInput
              label={words.linkText}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          )}
          <Group justify="flex-end">
            {href !== '' && (
              <Button variant="default" onClick={() => onSet('', '')}>
                {words.linkRemove}
              </Button>
            )}
            <Button type="submit" disabled={target.trim() === ''}>
              {words.linkSet}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
