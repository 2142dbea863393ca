import { Anchor, Code, List, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Space } from '../../../api/types.ts';
import { Card } from '../../../parts/card.tsx';
import { entryPath, spacePath } from '../../../parts/knowledge/paths.ts';
import { entriesOfStatusQuery } from '../../../parts/knowledge/space-queries.ts';
import { texts } from '../../../texts/index.ts';

const { spaceSettings: words, entries, space: home } = texts;
/** How many entries are listed here; the list of entries has all. */
const mostShown = 20;

/** What is wrong in the repository: files that cannot be used, and entries that are not valid, each with its line. */
export function ProblemsCard({ space: { id, problems } }: { space: Space }) {
  const { data: invalid } = useQuery(entriesOfStatusQuery(id, 'invalid', mostShown));
  const { count, first } = problems;
  return (
    <Card title={words.problems}>
      <Stack gap="sm">
        {count === 0 && <Text size="sm">{words.noProblems}</Text>}
        {count > 0 && (
          <List size="sm">
            {first.map(({ path, message }) => (
              <List.Item key={`${path} ${message}`}>
                <Code>{path}</Code> {message}
              </List.Item>
            ))}
          </List>
        )}
        {count > first.length && <Text size="sm">{words.moreProblems(count - first.length)}</Text>}
        {invalid !== undefined && invalid.items.length > 0 && (
          <div>
            <Text size="sm" fw={600} mb="xs">
              {words.invalid}
            </Text>
            <List size="sm">
              {invalid.items.map(({ id: entry, title, path, problem }) => (
                <List.Item key={entry}>
                  <Anchor
                    inherit
                    underline="always"
                    renderRoot={(root) => <Link {...root} to={entryPath(id, entry)} />}
                  >
                    {title || entries.untitled}
                  </Anchor>
                  {problem !== null && `: ${entries.line(problem.line, problem.message)} `}
                  <Code>{path}</Code>
                </List.Item>
              ))}
            </List>
            {invalid.nextCursor !== null && (
              <Anchor
                size="sm"
                renderRoot={(root) => (
                  <Link
                    {...root}
                    to={spacePath(id, 'entries')}
                    search={{ status: 'invalid' } as never}
                  />
                )}
              >
                {home.needs.all}
              </Anchor>
            )}
          </div>
        )}
      </Stack>
    </Card>
  );
}
