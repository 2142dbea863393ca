import { Button, FileButton, Group, Loader, Text, Title } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { IconFile, IconFileImport, IconFolder } from '@tabler/icons-react';
import { useState } from 'react';
import { texts } from '../../texts/index.ts';
import classes from './drop-area.module.css';
import { chosenFiles, droppedFiles } from './dropped-files.ts';
import type { GivenFile } from './given-file.ts';

const { imports: words } = texts;

/** Where files are dropped or chosen. What is dropped beside it is meant for it, too. */
export function DropArea({
  isReading,
  onGiven,
}: {
  isReading: boolean;
  /** What was given; it may take a while to find it all. */
  onGiven: (files: Promise<GivenFile[]>) => void;
}) {
  const [isOver, setIsOver] = useState(false);
  useWindowEvent('dragover', (event) => {
    // Otherwise the browser would leave the page and show the file.
    event.preventDefault();
    setIsOver(event.dataTransfer?.types.includes('Files') ?? false);
  });
  useWindowEvent('dragleave', ({ relatedTarget }) => {
    if (relatedTarget === null) setIsOver(false);
  });
  useWindowEvent('drop', (event) => {
    event.preventDefault();
    setIsOver(false);
    const { dataTransfer } = event;
    if (dataTransfer !== null && dataTransfer.types.includes('Files') && !isReading)
      onGiven(droppedFiles(dataTransfer));
  });
  const choose = (files: File[]) => {
    if (files.length > 0) onGiven(Promise.resolve(chosenFiles(files)));
  };
  return (
    <div className={classes.area} data-over={isOver || undefined}>
      {isReading ? <Loader size={36} /> : <IconFileImport size={36} stroke={1.5} aria-hidden />}
      <Title order={2} size="h4" role="status">
        {isReading ? words.reading : isOver ? words.dropHere : words.dropTitle}
      </Title>
      <Text maw="36rem">{words.drop}</Text>
      <Group justify="center" gap="xs">
        <FileButton multiple onChange={choose} accept=".md,.markdown,.mdx,.csv,.json">
          {(props) => (
            <Button
              {...props}
              variant="default"
              disabled={isReading}
              leftSection={<IconFile size={16} aria-hidden />}
            >
              {words.chooseFiles}
            </Button>
          )}
        </FileButton>
        <FileButton multiple onChange={choose} inputProps={{ webkitdirectory: '' }}>
          {(props) => (
            <Button
              {...props}
              variant="default"
              disabled={isReading}
              leftSection={<IconFolder size={16} aria-hidden />}
            >
              {words.chooseFolder}
            </Button>
          )}
        </FileButton>
      </Group>
      <Text size="sm" c="dimmed">
        {words.bounds}
      </Text>
    </div>
  );
}
