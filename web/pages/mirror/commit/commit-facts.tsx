import { Anchor, Code, Spoiler, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Card } from '../../../parts/card.tsx';
import { Facts } from '../../../parts/facts.tsx';
import { exactTime } from '../../../parts/relative-time.ts';
import { Time } from '../../../parts/time.tsx';
import { texts } from '../../../texts/index.ts';
import classes from './commit-facts.module.css';
import { messageParts } from './commit-message.ts';
import type { CommitAnswer, CommitPath } from './commit-queries.ts';

const words = texts.commit;

/** Who made a commit's changes and when, what they said, and where the commit stands among the others. */
export function CommitFacts({ path, commit }: { path: CommitPath; commit: CommitAnswer }) {
  const { author, authoredAt, committedAt, parent, body } = commit;
  const { text, coAuthors } = messageParts(body);
  return (
    <Stack gap="md">
      <Facts
        facts={[
          [words.by, [author.name, ...coAuthors].join(', ')],
          [words.when, <Moment key="when" at={authoredAt} />],
          [words.inGit, <Moment key="in-git" at={committedAt} />],
          [words.commit, <Code key="commit">{commit.commit}</Code>],
          [
            words.comparedWith,
            parent === null ? (
              words.first
            ) : (
              <Anchor
                key="parent"
                inherit
                renderRoot={(props) => (
                  <Link
                    {...props}
                    to="/mirrors/$project/$branch/commits/$sha"
                    params={{ ...path, sha: parent }}
                  />
                )}
              >
                {words.previous}
              </Anchor>
            ),
          ],
        ]}
      />
      {text !== '' && (
        <Card title={words.more}>
          <Spoiler maxHeight={132} showLabel={texts.common.more} hideLabel={words.hide}>
            <Text size="sm" className={classes.body}>
              {text}
            </Text>
          </Spoiler>
        </Card>
      )}
    </Stack>
  );
}

function Moment({ at }: { at: string }) {
  return (
    <>
      {exactTime(new Date(at))} (<Time at={at} />)
    </>
  );
}
