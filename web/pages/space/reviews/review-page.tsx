import { Alert, Anchor, List, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Card } from '../../../parts/card.tsx';
import { Facts } from '../../../parts/facts.tsx';
import { entryPath, nameOfFile } from '../../../parts/knowledge/paths.ts';
import { NotFoundPage } from '../../../parts/not-found-page.tsx';
import { PageHeader } from '../../../parts/page-header.tsx';
import { PageProblem } from '../../../parts/page-problem.tsx';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import home from '../home/home.module.css';
import { ChangedText } from './changed-text.tsx';
import { reviewQuery, type Review } from './review-queries.ts';
import { ReviewState } from './review-state.tsx';
import { Verdict } from './verdict.tsx';

const route = getRouteApi('/signed-in/spaces/$space/reviews/$review');
const { reviews: words, entries } = texts;

/** A review: what it changes, who said what, what is missing, and what one can say. */
export function ReviewPage() {
  const { space, review: number } = route.useParams();
  return /^[1-9]\d{0,8}$/.test(number) ? (
    <Shown space={space} number={Number(number)} />
  ) : (
    <NotFoundPage />
  );
}

function Shown({ space, number }: { space: string; number: number }) {
  const { data: review, error, refetch } = useQuery(reviewQuery(space, number));
  if (review === undefined) return <PageProblem error={error} onRetry={() => void refetch()} />;
  const { title, author, createdAt, description, failure, items } = review;
  return (
    <>
      <PageHeader
        title={title}
        badge={<ReviewState review={review} />}
        detail={
          <>
            {`${words.number(number)} · ${words.columns.author} ${author.name}, `}
            <Time at={createdAt} />
          </>
        }
      />
      <Stack>
        {failure !== null && (
          <Alert color="orange" title={words.stuck}>
            {failure.message}
          </Alert>
        )}
        {description !== '' && <Text className={home.words}>{description}</Text>}
        <div className={home.columns}>
          <Card title={words.changes}>
            <Stack>
              {items.map((item) => (
                <Item key={`${item.entry} ${item.path}`} space={space} item={item} />
              ))}
            </Stack>
          </Card>
          <Stack>
            <Verdict space={space} review={review} />
            <Said review={review} />
            <About review={review} />
          </Stack>
        </div>
      </Stack>
    </>
  );
}

function Item({ space, item }: { space: string; item: Review['items'][number] }) {
  const { entry, path, action, moveTo, title, diff } = item;
  const name = title.trim() || (entry === '' ? path : nameOfFile(path)) || entries.untitled;
  return (
    <div>
      <Text size="sm" mb={4}>
        {`${words.actions[action as keyof typeof words.actions]} `}
        {entry === '' ? (
          <b>{name}</b>
        ) : (
          <Anchor
            inherit
            underline="always"
            fw={600}
            renderRoot={(root) => <Link {...root} to={entryPath(space, entry)} />}
          >
            {name}
          </Anchor>
        )}
        {moveTo !== null && ` ${words.movesTo(moveTo)}`}
      </Text>
      {diff === null ? (
        <Text size="sm" c="dimmed">
          {words.tooLong}
        </Text>
      ) : (
        diff !== '' && <ChangedText name={name} diff={diff} />
      )}
    </div>
  );
}

function Said({ review: { approvals, missing, satisfied, head, endedAt } }: { review: Review }) {
  return (
    <>
      {endedAt === null && (
        <Card title={words.missing}>
          {satisfied ? (
            <Text size="sm">{words.satisfied}</Text>
          ) : (
            <List size="sm">
              {missing.map((one) => (
                <List.Item key={one}>{one}</List.Item>
              ))}
            </List>
          )}
        </Card>
      )}
      <Card title={words.said}>
        {approvals.length === 0 && (
          <Text size="sm" c="dimmed">
            {words.nobody}
          </Text>
        )}
        <Stack gap="xs" component="ul" p={0} m={0} aria-label={words.said}>
          {approvals.map(({ name, email, verdict, comment, at, head: about }) => (
            <Text key={`${email} ${at}`} size="sm" component="li" className={home.need}>
              <b>{name}</b>
              {` ${words.verdicts[verdict]}`}
              {about !== head && ` (${words.earlier})`}
              {', '}
              <Time at={at} />
              {comment !== '' && (
                <Text size="sm" c="dimmed">
                  {comment}
                </Text>
              )}
            </Text>
          ))}
        </Stack>
      </Card>
    </>
  );
}

function About({ review: { pullRequest, branch, outcome } }: { review: Review }) {
  return (
    <Card title={words.facts}>
      <Stack gap="sm">
        {pullRequest !== null && (
          <Anchor href={pullRequest.url} target="_blank" rel="noreferrer" size="sm">
            {words.atHost(pullRequest.host, pullRequest.number)}
          </Anchor>
        )}
        <Facts
          facts={[
            [words.branch, branch],
            [words.outcome, outcome],
          ]}
        />
      </Stack>
    </Card>
  );
}
