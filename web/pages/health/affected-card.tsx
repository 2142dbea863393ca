import { Stack, Text } from '@mantine/core';
import { Card } from '../../parts/card.tsx';
import { RowLink, RowList } from '../../parts/row-list.tsx';
import { StateBadge } from '../../parts/streams/state-badge.tsx';
import { streamPath } from '../../parts/streams/stream-path.ts';
import { PlainTime } from '../../parts/time.tsx';
import { texts } from '../../texts/index.ts';
import classes from './health-page.module.css';
import type { InstallationHealth } from './health-query.ts';

const words = texts.installationHealth;
const { common } = texts;

/** The mirrors and spaces that fail or fall behind, the worst first, each with the way to its page. */
export function AffectedCard({
  affected: { count, items },
}: {
  affected: InstallationHealth['affected'];
}) {
  return (
    <Card title={words.affected}>
      {count === 0 ? (
        <Text size="sm">{words.nobodyAffected}</Text>
      ) : (
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {words.affectedCount(items.length, count)}
          </Text>
          <RowList
            label={words.affected}
            items={items}
            keyOf={({ id }) => id}
            columns={[
              {
                name: words.columns.name,
                cell: ({ id, name, detail, product }) => (
                  <>
                    <RowLink to={streamPath(id) ?? '/'}>{name}</RowLink>
                    <Text size="xs" c="dimmed">
                      {`${common.product[product]}, ${detail}`}
                    </Text>
                  </>
                ),
              },
              {
                name: words.columns.state,
                cell: ({ state }) => (
                  <div className={classes.state}>
                    <StateBadge state={state} />
                  </div>
                ),
              },
              {
                name: words.columns.reason,
                cell: ({ reason, state }) => reason ?? common.states[state].meaning,
              },
              {
                name: words.columns.waits,
                cell: ({ waiting, waitingSince }) =>
                  waitingSince !== null && (
                    <span>
                      {words.waiting(waiting)} <PlainTime at={waitingSince} />
                    </span>
                  ),
              },
            ]}
          />
        </Stack>
      )}
    </Card>
  );
}
