import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { texts } from '../../texts/index.ts';

const words = texts.editor;

/** Asks which image to insert. */
export function ImageDialog({
  onAdd,
  onClose,
}: {
  onAdd: (image: { src: string; alt: string }) => void;
  onClose: () => void;
}) {
  const [src, setSrc] = useState('');
  const [alt, setAlt] = useState('');
  return (
    <Modal
      opened
      onClose={onClose}
      title={words.imageTitle}
      closeButtonProps={{ 'aria-label': texts.common.close }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (src.trim() !== '')
            onAdd({ src: src.trim(), alt: alt.replaceAll(/[[\]\\]/g, '\\$&').trim() });
        }}
      >
        <Stack>
          <TextInput
            data-autofocus
            label={words.imageAddress}
            value={src}
            onChange={(event) => setSrc(event.currentTarget.value)}
          />
          <TextInput
            label={words.imageAlt}
            description={words.imageAltHelp}
            value={alt}
            onChange={(event) => setAlt(event.currentTarget.value)}
          />
          <Text size="sm" c="dimmed">
            {words.imageNote}
          </Text>
          <Group justify="flex-end">
            <Button type="submit" disabled={src.trim() === ''}>
              {words.imageAdd}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
