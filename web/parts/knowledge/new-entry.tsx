import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconPlus } from '@tabler/icons-react';
import { Link, useRouter } from '@tanstack/react-router';
import type { Space } from '../../api/types.ts';
import { texts } from '../../texts/index.ts';
import { kindWords } from './kind-words.ts';
import { newEntryPath } from './paths.ts';
import { useRights } from './rights.ts';
import { shownKinds } from './shown-kinds.ts';

const { entries: words } = texts;

/** Leads to a new entry of this kind; nothing for those who may not write one. */
export function NewEntryOf({ space, kind }: { space: string; kind: Space['kinds'][number] }) {
  const { may } = useRights(space);
  if (!may('editor', kind.name) || kind.file !== null) return null;
  return (
    <Button
      leftSection={<IconPlus size={16} aria-hidden />}
      renderRoot={(root) => (
        <Link {...root} to={newEntryPath(space)} search={{ kind: kind.name } as never} />
      )}
    >
      {words.create(kindWords(kind).one)}
    </Button>
  );
}

/** Asks which kind of entry, and leads there; nothing for those who may write none. */
export function NewEntry({ space }: { space: Space }) {
  const { may } = useRights(space.id);
  const router = useRouter();
  const single = new Set(space.kinds.filter(({ file }) => file !== null).map(({ name }) => name));
  const { used, unused } = shownKinds(space);
  const kinds = [...used, ...unused].filter(({ name }) => may('editor', name) && !single.has(name));
  if (kinds.length === 0) return null;
  const create = (kind: string) => {
    const query = new URLSearchParams({ kind });
    router.history.push(`${newEntryPath(space.id)}?${query.toString()}`);
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          leftSection={<IconPlus size={16} aria-hidden />}
          rightSection={<IconChevronDown size={16} aria-hidden />}
        >
          {texts.space.create}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {kinds.map(({ name, one }) => (
          <Menu.Item key={name} onClick={() => create(name)}>
            {one}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
