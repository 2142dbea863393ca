import { Button, Code, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { Preview } from '../../../editor/preview/preview.tsx';
import { Card } from '../../../parts/card.tsx';
import { CopyText } from '../../../parts/knowledge/copy-text.tsx';
import { downloadText } from '../../../parts/knowledge/download-text.ts';
import { PlainText } from '../../../parts/knowledge/plain-text.tsx';
import { texts } from '../../../texts/index.ts';
import { MadeOf } from '../filling/made-of.tsx';
import { Slides, type Outline } from './slides.tsx';

const { templates: words } = texts;

/** A filled template. */
interface Filled {
  body: string;
  includes: { space: string; id: string }[];
  /** `null` if it is no deck of slides. */
  outline: Outline | null;
}

/** What came of a template: to look at, to copy and to download as soon as nothing is missing. */
export function FilledCard({
  filled: { body, includes, outline },
  fileName,
  isComplete,
}: {
  filled: Filled;
  fileName: string;
  isComplete: boolean;
}) {
  const looks = [...(outline === null ? [] : ['slides' as const]), 'read' as const, 'source' as const]; // prettier-ignore
  const [chosen, setChosen] = useState<(typeof looks)[number] | null>(null);
  const look = chosen ?? looks[0];
  const hint = isComplete ? undefined : words.notComplete;
  return (
    <Card
      title={words.result}
      aside={
        <Group gap="xs">
          <CopyText text={body} name={fileName} isDisabled={!isComplete} />
          <Button
            size="xs"
            variant="default"
            leftSection={<IconDownload size={14} aria-hidden />}
            disabled={!isComplete}
            title={hint}
            onClick={() => downloadText(fileName, body, 'text/markdown')}
          >
            {words.download}
          </Button>
        </Group>
      }
    >
      <Stack gap="sm">
        <Group>
          <SegmentedControl
            size="xs"
            aria-label={words.look}
            value={look ?? 'read'}
            onChange={(value) => setChosen(value)}
            data={looks.map((value) => ({ value, label: words.looks[value] }))}
          />
        </Group>
        {outline?.presentationId != null && (
          <Text size="sm">
            {`${words.original}: `}
            <Code>{outline.presentationId}</Code>
          </Text>
        )}
        {look === 'slides' && outline !== null && <Slides outline={outline} />}
        {look === 'read' && <Preview text={body} />}
        {look === 'source' && <PlainText text={body} label={words.filled(fileName)} />}
        <MadeOf sources={includes} />
      </Stack>
    </Card>
  );
}
