import { Alert } from '@mantine/core';
import { StatusNote } from '../../../parts/knowledge/status-note.tsx';
import { texts } from '../../../texts/index.ts';
import { spoken } from '../form/spoken.ts';

/** Names what is not filled in yet. */
export function MissingNote({ missing }: { missing: readonly string[] }) {
  return (
    <StatusNote>
      {missing.length > 0 && (
        <Alert color="yellow" p="xs">
          {texts.templates.missing(missing.map(spoken).join(', '))}
        </Alert>
      )}
    </StatusNote>
  );
}
