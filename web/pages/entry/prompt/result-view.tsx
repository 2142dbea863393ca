import { Badge, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CheckVerdict } from '../../../../model/knowledge/check.ts';
import badge from '../../../parts/streams/state-badge.module.css';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import type { EntryPath } from '../history/history-queries.ts';
import type { Result } from './check-queries.ts';
import classes from './checks.module.css';
import { Judge } from './judge.tsx';

const { checks: words } = texts;

const colors: Record<CheckVerdict, string> = {
  passed: 'teal',
  failed: 'red',
  error: 'orange',
  needs_person: 'grape',
};

/** An example of a run: what was said, what is expected, what came back, and what that is worth. */
export function ResultView({
  path,
  run,
  result,
  mayJudge,
}: {
  path: EntryPath;
  run: string;
  result: Result;
  mayJudge: boolean;
}) {
  const { name, variant, input, expected, verdict, reason, answer, judged } = result;
  const isForPeople = verdict === 'needs_person' || judged !== null;
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Title order={3} size="h6">
          {variant === null ? name : `${name} (${variant})`}
        </Title>
        {verdict !== null && (
          <Badge
            color={colors[verdict]}
            variant="light"
            radius="sm"
            tt="none"
            classNames={{ root: badge.badge, label: badge.label }}
          >
            {words.verdicts[verdict].name}
          </Badge>
        )}
      </Group>
      {reason !== null && reason !== '' && <Text size="sm">{reason}</Text>}
      <div className={classes.sides}>
        <Part name={words.input}>
          {input === null ? (
            <Text size="sm" c="dimmed">
              {words.noInput}
            </Text>
          ) : (
            <Said name={`${name}: ${words.input}`} text={input} />
          )}
        </Part>
        <Part name={words.expected}>
          <ul className={classes.expected}>
            {expected.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </Part>
      </div>
      <Part name={words.answer}>
        {answer === null ? (
          <Text size="sm" c="dimmed">
            {words.noAnswer}
          </Text>
        ) : (
          <Said name={`${name}: ${words.answer}`} text={answer} />
        )}
      </Part>
      {judged !== null && (
        <Text size="sm" component="div">
          {`${words.judgedBy(judged.by, words.verdicts[verdict ?? 'needs_person'].name)}, `}
          <Time at={judged.at} />
          {judged.note !== '' && (
            <Text size="sm" c="dimmed">
              {judged.note}
            </Text>
          )}
        </Text>
      )}
      {mayJudge && isForPeople && <Judge path={path} run={run} result={result} />}
    </Stack>
  );
}

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed" fw={600} mb={2}>
        {name}
      </Text>
      {children}
    </div>
  );
}

/** What was said, as it was. It scrolls, so the keyboard has to get there. */
function Said({ name, text }: { name: string; text: string }) {
  return (
    <pre className={classes.said} tabIndex={0} role="group" aria-label={name}>
      {text}
    </pre>
  );
}
