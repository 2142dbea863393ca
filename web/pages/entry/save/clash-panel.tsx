import { Alert, Button, Group, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconGitMerge } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { texts } from '../../../texts/index.ts';
import { spoken } from '../form/spoken.ts';
import classes from './clash-panel.module.css';
import { sideText, type Clash, type ClashPart } from './clash.ts';

const words = texts.entry;
type Choice = 'git' | 'mine';

/** Asks which side counts, part by part, where a draft and its entry changed the same. Nothing is lost until then. */
export function ClashPanel({
  clash,
  isWorking,
  error,
  onSettle,
}: {
  clash: Clash;
  isWorking: boolean;
  error: Error | null;
  onSettle: (parts: Record<string, Choice>) => void;
}) {
  const [chosen, setChosen] = useState<Record<string, Choice>>({});
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => top.current?.focus(), []);
  const { parts } = clash;
  if (parts.length === 0)
    return (
      <Alert color="orange" role="alert" title={words.clashTitle}>
        {words.clashRemoved}
      </Alert>
    );
  const all = (choice: Choice) =>
    setChosen(Object.fromEntries(parts.map(({ id }) => [id, choice])));
  const isDone = parts.every(({ id }) => chosen[id] !== undefined);
  return (
    <Paper withBorder p="md" ref={top} tabIndex={-1} role="group" aria-label={words.clashTitle}>
      <Stack>
        <div>
          <Group gap="xs">
            <IconGitMerge size={20} aria-hidden />
            <Text fw={650}>{words.clashTitle}</Text>
          </Group>
          <Text size="sm" c="dimmed" role="status">
            {words.clashText}
          </Text>
        </div>
        {parts.map((part) => (
          <Part
            key={part.id}
            part={part}
            choice={chosen[part.id]}
            onChoose={(choice) => setChosen({ ...chosen, [part.id]: choice })}
          />
        ))}
        {error !== null && <ProblemAlert error={error} />}
        <Group justify="space-between">
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={() => all('git')}>
              {words.allTheirs}
            </Button>
            <Button size="xs" variant="default" onClick={() => all('mine')}>
              {words.allMine}
            </Button>
          </Group>
          <Button disabled={!isDone} loading={isWorking} onClick={() => onSettle(chosen)}>
            {words.settle}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}

function Part({
  part,
  choice,
  onChoose,
}: {
  part: ClashPart;
  choice: Choice | undefined;
  onChoose: (choice: Choice) => void;
}) {
  const [isBefore, setBefore] = useState(false);
  const name =
    part.what === 'field' ? spoken(part.pointer.split('/').at(1) ?? '') : words.paragraph;
  return (
    <Stack gap={6} role="group" aria-label={name}>
      <Group justify="space-between">
        <Text size="sm" fw={600}>
          {name}
        </Text>
        <Button size="compact-xs" variant="subtle" onClick={() => setBefore(!isBefore)}>
          {isBefore ? words.hideBefore : words.showBefore}
        </Button>
      </Group>
      {isBefore && <Side name={words.before} value={part.base} isChosen={false} />}
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
        <Side
          name={words.theirs}
          value={part.git}
          isChosen={choice === 'git'}
          action={words.useTheirs}
          onChoose={() => onChoose('git')}
        />
        <Side
          name={words.mine}
          value={part.mine}
          isChosen={choice === 'mine'}
          action={words.keepMine}
          onChoose={() => onChoose('mine')}
        />
      </SimpleGrid>
    </Stack>
  );
}

function Side({
  name,
  value,
  isChosen,
  action,
  onChoose,
}: {
  name: string;
  value: unknown;
  isChosen: boolean;
  action?: string;
  onChoose?: () => void;
}) {
  const text = sideText(value);
  return (
    <Paper withBorder p="xs" className={classes.side} data-chosen={isChosen}>
      <Text size="xs" c="dimmed">
        {name}
      </Text>
      <Text size="sm" className={classes.text}>
        {text === '' ? words.removedThere : text}
      </Text>
      {action !== undefined && (
        <Button
          size="compact-sm"
          mt="xs"
          variant={isChosen ? 'filled' : 'light'}
          aria-pressed={isChosen}
          onClick={onChoose}
        >
          {action}
        </Button>
      )}
    </Paper>
  );
}
