import { Button, Group } from '@mantine/core';
import { IconArrowBackUp, IconArrowUp } from '@tabler/icons-react';
import { useState } from 'react';
import { useRights } from '../../parts/knowledge/rights.ts';
import { texts } from '../../texts/index.ts';
import { isLatest, type Environment, type Moved } from './environment-queries.ts';
import { PromoteDialog } from './promote-dialog.tsx';
import { RollBackDialog } from './roll-back-dialog.tsx';

const { environments: words } = texts;

/** What one may do with an environment, or with one entry in it; nothing for those who may not. */
export function EnvironmentActions({
  space,
  environment,
  entry,
  onMoved,
}: {
  space: string;
  environment: Environment;
  /** `null`: all of it. */
  entry: string | null;
  onMoved: (moved: Moved) => void;
}) {
  const { may } = useRights(space);
  const [open, setOpen] = useState<'promote' | 'roll back' | null>(null);
  if (!may('editor', 'environment') || isLatest(environment)) return null;
  const shared = { space, environment, entry, onMoved, onClose: () => setOpen(null) };
  // One that nothing can be read by is mended in its file first.
  const isBroken = environment.problems.length > 0;
  const hasOwn = entry === null || Object.hasOwn(environment.entries, entry);
  return (
    <Group gap="xs">
      <Button
        size="xs"
        variant="default"
        leftSection={<IconArrowUp size={14} aria-hidden />}
        aria-label={`${words.promote} ${environment.name}`}
        disabled={isBroken}
        onClick={() => setOpen('promote')}
      >
        {words.promote}
      </Button>
      {hasOwn && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconArrowBackUp size={14} aria-hidden />}
          aria-label={`${words.rollBack} ${environment.name}`}
          onClick={() => setOpen('roll back')}
        >
          {words.rollBack}
        </Button>
      )}
      <PromoteDialog {...shared} isOpen={open === 'promote'} />
      <RollBackDialog {...shared} isOpen={open === 'roll back'} />
    </Group>
  );
}
