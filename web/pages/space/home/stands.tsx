import { Anchor, Stack, Text } from '@mantine/core';
import { hostPages } from '../../../../model/streams/host-pages.ts';
import type { Space } from '../../../api/types.ts';
import { Card } from '../../../parts/card.tsx';
import { Facts } from '../../../parts/facts.tsx';
import { OutageAlert } from '../../../parts/streams/outage-alert.tsx';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';

const { space: words, stream, common, home, mirror } = texts;

/** How a space stands: what is wrong, what happens next, what waits, and when it was last in step with Git. */
export function Stands({ space }: { space: Space }) {
  const { state, outage, waitingSaves, lastSyncedAt, lastCommit, pausedAt, repository, root } =
    space;
  const meaning = common.states[state].meaning;
  const page = hostPages(repository.url)?.repository;
  return (
    <Card title={words.stands}>
      <Stack gap="sm">
        {outage === null ? (
          <Text size="sm">{meaning}</Text>
        ) : (
          <OutageAlert outage={outage} explained={meaning} />
        )}
        <Facts
          facts={[
            [mirror.since, pausedAt && <Time key="since" at={pausedAt} />],
            [words.next, words.nextOf[state]],
            [words.waits, waitingSaves === 0 ? words.nothingWaits : words.waiting(waitingSaves)],
            [home.lastCommit, lastCommit && <Time key="commit" at={lastCommit.committedAt} />],
            [words.read, lastSyncedAt && <Time key="read" at={lastSyncedAt} />],
            [stream.branch, repository.branch],
            [stream.folder, root === '' ? stream.wholeRepository : root],
          ]}
        />
        {page !== undefined && (
          <Anchor href={page} target="_blank" rel="noreferrer" size="sm">
            {words.atHost}
          </Anchor>
        )}
      </Stack>
    </Card>
  );
}
