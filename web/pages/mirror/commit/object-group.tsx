import { Badge, Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowRight, IconMinus, IconPencil, IconPlus, type Icon } from '@tabler/icons-react';
import { Card } from '../../../parts/card.tsx';
import badge from '../../../parts/streams/state-badge.module.css';
import { texts } from '../../../texts/index.ts';
import { ChangedFile } from './changed-file.tsx';
import type { ChangedObject, CommitPath } from './commit-queries.ts';
import type { ObjectGroup } from './object-groups.ts';
import { titleOf } from './object-address.ts';
import { ObjectLink } from './object-link.tsx';
import type { ShownObject } from './shown-files.ts';

const words = texts.commit;

const looks: Record<ChangedObject['change'], { color: string; icon: Icon }> = {
  added: { color: 'teal', icon: IconPlus },
  changed: { color: 'blue', icon: IconPencil },
  moved: { color: 'grape', icon: IconArrowRight },
  removed: { color: 'red', icon: IconMinus },
};

/** Changed objects that belong together, under the name of their configuration or bucket. */
export function ObjectGroupCard({
  path,
  parent,
  group: { kind, name, ids, objects },
}: {
  path: CommitPath;
  parent: string | null;
  group: ObjectGroup<ShownObject>;
}) {
  const title = kind === 'configuration' || kind === 'storage' ? (name ?? '') : words.groups[kind];
  return (
    <Card
      title={title}
      aside={
        ids !== null && (
          <Text size="xs" c="dimmed">
            {ids}
          </Text>
        )
      }
    >
      <Stack gap="lg">
        {objects.map((object) => (
          <ObjectFiles key={keyOf(object)} path={path} parent={parent} object={object} />
        ))}
      </Stack>
    </Card>
  );
}

function ObjectFiles({
  path,
  parent,
  object,
}: {
  path: CommitPath;
  parent: string | null;
  object: ShownObject;
}) {
  const { change, kind, previousPath, shown, filesLeftOut } = object;
  // Of an object that moved, files that are as they were.
  const same = shown.filter(({ view }) => view.kind === 'same');
  const differing = shown.filter(({ view }) => view.kind !== 'same');
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <ChangeBadge change={change} />
        {titleOf(object) !== null && (
          <Text size="sm" c="dimmed">
            {words.kinds[kind]}
          </Text>
        )}
        <Title order={3} size="h5" miw={0}>
          <ObjectLink path={path} object={object} />
        </Title>
      </Group>
      {previousPath !== null && (
        <Text size="xs" c="dimmed">
          {words.wasAt(previousPath)}
        </Text>
      )}
      {same.length > 0 && (
        <Text size="xs" c="dimmed">
          {words.same(same.map(({ name }) => name).join(', '))}
        </Text>
      )}
      {differing.map((one) => (
        <ChangedFile key={one.file.path} path={path} parent={parent} shown={one} />
      ))}
      {filesLeftOut > 0 && (
        <Text size="sm" c="dimmed">
          {words.filesLeftOut(filesLeftOut)}
        </Text>
      )}
    </Stack>
  );
}

function ChangeBadge({ change }: { change: ChangedObject['change'] }) {
  const { color, icon: ChangeIcon } = looks[change];
  return (
    <Badge
      color={color}
      variant="light"
      radius="sm"
      tt="none"
      fw={600}
      className={badge.badge ?? ''}
      classNames={{ label: badge.label ?? '' }}
      leftSection={<ChangeIcon size={14} aria-hidden />}
    >
      {words.changes[change]}
    </Badge>
  );
}

/** Two objects can be at one path: one that is gone, and one that took its name. */
function keyOf({ kind, path, configurationId, rowId, change }: ChangedObject): string {
  return JSON.stringify([kind, path, configurationId, rowId, change]);
}
