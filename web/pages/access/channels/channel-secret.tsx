import { Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core';
import { texts } from '../../../texts/index.ts';

const { channels: words } = texts;

/** The secret of a new webhook, which is shown only now. */
export function ChannelSecret({ secret, onDone }: { secret: string; onDone: () => void }) {
  return (
    <Stack>
      <Text>{words.secretHint}</Text>
      <Code
        block
        aria-label={words.secret}
        style={{ whiteSpace: 'pre-wrap', wordBreak: 'break-all' }}
      >
        {secret}
      </Code>
      <Group justify="flex-end">
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? words.copied : words.copy}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onDone}>{words.isKept}</Button>
      </Group>
    </Stack>
  );
}
