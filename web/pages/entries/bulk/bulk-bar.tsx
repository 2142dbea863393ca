import { Affix, Button, Group, Paper, Text } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Space } from '../../../api/types.ts';
import { Dialog } from '../../../parts/dialog.tsx';
import { texts } from '../../../texts/index.ts';
import type { EntryItem } from '../entries-query.ts';
import { scalarFields } from '../scalar-fields.ts';
import classes from './bulk-bar.module.css';
import { ChangeMany } from './change-many.tsx';
import { RemoveMany } from './remove-many.tsx';

const { entries: words } = texts;

/** What can be done to the entries that are chosen: it comes up while any is. */
export function BulkBar({
  space,
  kind,
  chosen,
  onClear,
}: {
  space: string;
  /** `null` where there are several, which have no fields in common. */
  kind: Space['kinds'][number] | null;
  chosen: readonly EntryItem[];
  onClear: () => void;
}) {
  /** What is done, and to which: those that were chosen when it was begun. */
  const [asked, setAsked] = useState<{
    what: 'change' | 'remove';
    items: readonly EntryItem[];
  } | null>(null);
  // What Git no longer has is settled, not changed.
  const items = chosen.filter(({ blob }) => blob !== null);
  const fields = kind === null ? [] : scalarFields(kind);
  const close = () => {
    setAsked(null);
    onClear();
  };
  const count = asked?.items.length ?? 0;
  const title =
    asked?.what === 'change' ? words.bulk.changeTitle(count) : words.bulk.removeTitle(count);
  return (
    <>
      {items.length > 0 && asked === null && (
        <>
          <div className={classes.room} />
          <Affix position={{ bottom: 16, left: 0, right: 0 }} className={classes.place}>
            <Paper
              withBorder
              shadow="md"
              p="xs"
              role="region"
              aria-label={words.chosen(items.length)}
              className={classes.bar}
            >
              <Group gap="xs" justify="center">
                <Text size="sm" fw={600} px="xs">
                  {words.chosen(items.length)}
                </Text>
                {fields.length > 0 && (
                  <Button
                    size="xs"
                    variant="default"
                    leftSection={<IconPencil size={14} aria-hidden />}
                    onClick={() => setAsked({ what: 'change', items })}
                  >
                    {words.bulk.change}
                  </Button>
                )}
                <Button
                  size="xs"
                  variant="default"
                  leftSection={<IconTrash size={14} aria-hidden />}
                  onClick={() => setAsked({ what: 'remove', items })}
                >
                  {words.bulk.remove}
                </Button>
                <Button size="xs" variant="subtle" onClick={onClear}>
                  {words.clear}
                </Button>
              </Group>
            </Paper>
          </Affix>
        </>
      )}
      <Dialog view={asked?.what ?? null} title={title} onClose={close}>
        {asked?.what === 'change' && (
          <ChangeMany space={space} items={asked.items} fields={fields} onClose={close} />
        )}
        {asked?.what === 'remove' && (
          <RemoveMany space={space} items={asked.items} onClose={close} />
        )}
      </Dialog>
    </>
  );
}
