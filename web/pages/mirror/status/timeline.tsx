import { Anchor, Code, Text } from '@mantine/core';
import { IconAlertTriangle, IconGitCommit, IconUser, type Icon } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { hostPages } from '../../../../model/streams/host-pages.ts';
import type { ItemOf } from '../../../api/types.ts';
import { Card } from '../../../parts/card.tsx';
import { PagedList } from '../../../parts/paged-list.tsx';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import { timelineQuery, type MirrorPath } from '../mirror-queries.ts';
import { actName } from './act-name.ts';
import { lasted } from './lasted.ts';
import classes from './timeline.module.css';

const words = texts.timeline;

type Item = ItemOf<'/v1/projects/{project}/mirrors/{branch}/timeline'>;
type Commit = Extract<Item, { kind: 'commit' }>['commit'];
type Outage = Extract<Item, { kind: 'outage' }>['outage'];
type Act = Extract<Item, { kind: 'act' }>['act'];

const icons: Record<Item['kind'], Icon> = {
  commit: IconGitCommit,
  outage: IconAlertTriangle,
  act: IconUser,
};

/** What happened to a mirror, newest first: windows and their commits, outages and who was told, what people did. */
export function Timeline({ path, repositoryUrl }: { path: MirrorPath; repositoryUrl: string }) {
  const query = useInfiniteQuery(timelineQuery(path));
  return (
    <Card title={words.title}>
      <PagedList query={query} keyOf={({ id }) => id} empty={words.empty} label={words.title}>
        {(item) => {
          const ItemIcon = icons[item.kind];
          return (
            <div className={classes.item} data-kind={item.kind}>
              <ItemIcon size={18} aria-hidden className={classes.icon} />
              <div className={classes.words}>
                {item.kind === 'commit' && (
                  <CommitWords path={path} commit={item.commit} repositoryUrl={repositoryUrl} />
                )}
                {item.kind === 'outage' && <OutageWords outage={item.outage} />}
                {item.kind === 'act' && <ActWords act={item.act} at={item.at} />}
              </div>
            </div>
          );
        }}
      </PagedList>
    </Card>
  );
}

function CommitWords({
  path,
  commit: { sha, subject, author, changes, deliveredAt, windowClosedAt },
  repositoryUrl,
}: {
  path: MirrorPath;
  commit: Commit;
  repositoryUrl: string;
}) {
  const pages = hostPages(repositoryUrl);
  return (
    <>
      <Text size="sm" fw={500} lineClamp={2}>
        {sha === null || deliveredAt === null ? (
          subject
        ) : (
          <Anchor
            inherit
            renderRoot={(props) => (
              <Link
                {...props}
                to="/mirrors/$project/$branch/commits/$sha"
                params={{ ...path, sha }}
              />
            )}
          >
            {subject}
          </Anchor>
        )}
      </Text>
      <Text size="xs" c="dimmed" component="div">
        {author}
        {changes > 0 && ` · ${words.changes(changes)}`}
        {' · '}
        {deliveredAt === null ? (
          <>
            {words.waits} <Time at={windowClosedAt} />
          </>
        ) : (
          <Time at={deliveredAt} />
        )}
        {sha !== null && ' · '}
        {sha !== null && pages === null && <Code>{sha.slice(0, 8)}</Code>}
        {sha !== null && pages !== null && (
          <Anchor href={pages.commit(sha)} target="_blank" rel="noreferrer" size="xs">
            {words.atHost(sha.slice(0, 8))}
          </Anchor>
        )}
      </Text>
    </>
  );
}

function OutageWords({
  outage: { lane, since, endedAt, attempts, message, notices },
}: {
  outage: Outage;
}) {
  return (
    <>
      <Text size="sm" fw={500}>
        {words.lanes[lane]}
        {endedAt === null ? words.goesOn : words.lasted(lasted(since, endedAt))}
      </Text>
      <Text size="sm" lineClamp={2}>
        {message}
      </Text>
      <Text size="xs" c="dimmed" component="div">
        {words.began} <Time at={since} />
        {` · ${texts.stream.outage.attempts(attempts)}`}
        {notices.map(({ kind, recipient, sentAt, error }) => (
          <div key={`${kind} ${recipient}`}>
            {words.notices[kind]}
            {recipient !== null && ` ${recipient}`}{' '}
            {sentAt === null ? words.notSent(error) : <Time at={sentAt} />}
          </div>
        ))}
      </Text>
    </>
  );
}

function ActWords({ act: { action, actor }, at }: { act: Act; at: string }) {
  return (
    <Text size="sm" component="div">
      {actName(action)}{' '}
      <Text span size="xs" c="dimmed" component="span">
        {actor !== null && `${words.by(actor)} · `}
        <Time at={at} />
      </Text>
    </Text>
  );
}
