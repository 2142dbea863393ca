import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { texts } from '../../../texts/index.ts';
import { ShownOnce } from '../shared/shown-once.tsx';
import type { MadeToken } from './token-form.tsx';

const { tokens: words, access } = texts;

/** A token that was just made, for the only time that it is shown. */
export function NewToken({
  token: { name, token },
  onDone,
}: {
  token: MadeToken;
  onDone: () => void;
}) {
  return (
    <Stack>
      <ShownOnce label={words.made(name)} value={token} />
      <div>
        <Text size="sm" mb={4}>
          {words.useIt}
        </Text>
        <Code block>{words.header}</Code>
      </div>
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          {access.done}
        </Button>
      </Group>
    </Stack>
  );
}
