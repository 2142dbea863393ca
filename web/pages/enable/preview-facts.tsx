import { Code, List, Spoiler, Stack, Text } from '@mantine/core';
import { Card } from '../../parts/card.tsx';
import type { paths } from '../../api/schema.ts';
import { texts } from '../../texts/index.ts';
import type { Draft } from './draft.ts';
import { PathList } from './path-list.tsx';
import { sizeText } from './size-text.ts';

const { preview: words } = texts.enable;

export type Preview =
  paths['/v1/projects/{project}/mirrors/preview']['post']['responses'][200]['content']['application/json'];

/** What the project has, and what the first commit does with the repository. */
export function PreviewFacts({ preview, draft }: { preview: Preview; draft: Draft }) {
  const { contents, commit, replacedSecrets, warnings } = preview;
  const after = laterParts(draft, preview);
  return (
    <>
      <Card title={words.contents}>
        {contents === null ? <Text>{words.unread}</Text> : <Contents contents={contents} />}
      </Card>
      {commit && (
        <Card title={words.commit}>
          <Stack gap="xs">
            <Text>{words.files(commit.files, sizeText(commit.bytes))}</Text>
            <PathList title={words.adds} paths={commit.adds} />
            <PathList title={words.replaces} paths={commit.replaces} />
            <PathList title={words.removes} paths={commit.removes} />
            {commit.unchanged > 0 && <Text size="sm">{words.unchanged(commit.unchanged)}</Text>}
            <PathList
              title={words.leftOut}
              paths={{
                count: replacedSecrets.count,
                first: replacedSecrets.first.map(({ path, pointer }) => `${path}#${pointer}`),
              }}
            />
            <PathList title={words.warnings} paths={warnings} />
            {after !== null && (
              <Text size="sm" c="dimmed">
                {words.after[after]}
              </Text>
            )}
          </Stack>
        </Card>
      )}
      {commit === null && warnings.count > 0 && (
        <Card title={words.warnings(warnings.count)}>
          <PathList title={words.warnings} paths={warnings} />
        </Card>
      )}
    </>
  );
}

function Contents({
  contents: { objects, tables },
}: {
  contents: NonNullable<Preview['contents']>;
}) {
  const more = objects.count - objects.first.length;
  return (
    <Spoiler maxHeight={220} showLabel={texts.common.more} hideLabel={texts.common.close}>
      <List size="sm" spacing={4}>
        {objects.first.map(({ kind, word, count }) => (
          <List.Item key={kind}>
            {words.objects(count, word)} <Code>{kind}</Code>
          </List.Item>
        ))}
        {more > 0 && <List.Item>{words.moreKinds(more)}</List.Item>}
        <List.Item>{words.tables(tables)}</List.Item>
      </List>
    </Spoiler>
  );
}

/** Which parts are read after the first commit. */
function laterParts({ samples, jobs }: Draft, { repository }: Preview) {
  const hasSamples = samples.enabled && repository.visibility === 'private';
  if (hasSamples) return jobs.enabled ? 'both' : 'samples';
  return jobs.enabled ? 'jobs' : null;
}
