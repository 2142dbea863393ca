import { Paper, Stack, Text } from '@mantine/core';
import type { Mirror } from '../../../api/types.ts';
import { Facts } from '../../../parts/facts.tsx';
import { OutageAlert } from '../../../parts/streams/outage-alert.tsx';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';

const { mirror: words, common } = texts;

/** How a mirror is, in one look: what is wrong, since when, what happens next, and what one can do. */
export function OneLook({ mirror }: { mirror: Mirror }) {
  const { state, reason, outage, watch, waitingSince, endedAt, pausedAt } = mirror;
  const meaning = reason ?? common.states[state].meaning;
  const since = state === 'ended' ? endedAt : state === 'paused' ? pausedAt : null;
  return (
    <Stack gap="sm">
      {outage !== null && <OutageAlert outage={outage} explained={meaning} />}
      <Paper withBorder p="md" component="section" aria-label={words.look}>
        {outage === null && <Text mb="sm">{meaning}</Text>}
        <Facts
          facts={[
            [words.since, since && <Time key="since" at={since} />],
            [words.next, words.nextOf[state]],
            [words.toDo, words.toDoOf[state]],
            [words.watching, watch && <Watching key="watching" watch={watch} />],
            [words.oldest, waitingSince && <Time key="oldest" at={waitingSince} />],
          ]}
        />
      </Paper>
    </Stack>
  );
}

/** How changes are heard of that nobody reports. */
function Watching({
  watch: { state, reason, answeredAt },
}: {
  watch: NonNullable<Mirror['watch']>;
}) {
  return (
    <>
      {words.watchingOf[state]}
      {reason !== null && ` ${reason}`}
      {answeredAt !== null && (
        <Text size="sm" c="dimmed">
          {words.answered} <Time at={answeredAt} />
        </Text>
      )}
    </>
  );
}
