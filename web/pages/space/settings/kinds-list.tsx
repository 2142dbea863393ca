import { Badge, Group, Stack, Text } from '@mantine/core';
import type { Space } from '../../../api/types.ts';
import { Card } from '../../../parts/card.tsx';
import { kindWords } from '../../../parts/knowledge/kind-words.ts';
import { kindPath } from '../../../parts/knowledge/paths.ts';
import { RowLink, RowList } from '../../../parts/row-list.tsx';
import { texts } from '../../../texts/index.ts';

const { spaceSettings: words } = texts;

/** The kinds of a space: where their files are, and which have personal data. */
export function KindsList({ space: { id, root, kinds, entries } }: { space: Space }) {
  return (
    <Card title={words.kinds}>
      <Stack gap="sm">
        <RowList
          label={words.kinds}
          items={kinds}
          keyOf={({ name }) => name}
          columns={[
            {
              name: words.kindColumns.name,
              cell: (kind) => (
                <Group gap="xs">
                  <RowLink to={kindPath(id, kind.name)}>{kindWords(kind).many}</RowLink>
                  {kind.personal && (
                    <Badge variant="light" color="grape" tt="none">
                      {words.personal}
                    </Badge>
                  )}
                </Group>
              ),
            },
            {
              name: words.kindColumns.place,
              cell: ({ folder, file }) => [root, file ?? folder].filter(Boolean).join('/'),
            },
            {
              name: words.kindColumns.count,
              cell: ({ name }) => (entries[name] ?? 0).toLocaleString('en'),
            },
          ]}
        />
        <Text size="xs" c="dimmed">
          {words.kindsHint}
        </Text>
      </Stack>
    </Card>
  );
}
