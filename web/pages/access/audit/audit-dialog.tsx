import { Anchor, Button, Code, Group, Loader, Stack, Text } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Dialog } from '../../../parts/dialog.tsx';
import { Facts } from '../../../parts/facts.tsx';
import { exactTime } from '../../../parts/relative-time.ts';
import { texts } from '../../../texts/index.ts';
import { actionName } from './action-name.ts';
import type { AuditEntry } from './audit-queries.ts';
import { targetPlace } from './audit-target.ts';

const { audit: words, common } = texts;

/** All that was written down about what somebody did. */
export function AuditDialog({
  id,
  entry,
  isSought,
  onFilter,
  onClose,
}: {
  /** `null`: none is open. */
  id: number | null;
  entry: AuditEntry | undefined;
  /** Whether it may still be found. */
  isSought: boolean;
  onFilter: (filter: { actor: string } | { target: string }) => void;
  onClose: () => void;
}) {
  return (
    <Dialog
      view={id === null ? null : String(id)}
      title={entry === undefined ? words.entry(id ?? 0) : actionName(entry.action)}
      size="lg"
      onClose={onClose}
    >
      {entry !== undefined && <Entry entry={entry} onFilter={onFilter} />}
      {entry === undefined &&
        (isSought ? <Loader aria-label={common.loading} /> : <Text>{words.notFound}</Text>)}
    </Dialog>
  );
}

function Entry({
  entry: { at, actor, action, target, requestId, detail },
  onFilter,
}: {
  entry: AuditEntry;
  onFilter: (filter: { actor: string } | { target: string }) => void;
}) {
  const place = targetPlace(target);
  return (
    <Stack>
      <Facts
        facts={[
          [words.columns.at, exactTime(new Date(at))],
          [words.columns.actor, actor],
          [words.columns.what, <Code key="action">{action}</Code>],
          [
            words.columns.target,
            place === null ? (
              target
            ) : (
              <Anchor
                key="target"
                size="sm"
                renderRoot={(props) => <Link {...props} to={place.to} search={place.search} />}
              >
                {target}
              </Anchor>
            ),
          ],
          [words.requestId, requestId && <Code key="request">{requestId}</Code>],
        ]}
      />
      {Object.keys(detail).length === 0 ? (
        <Text size="sm" c="dimmed">
          {words.noDetails}
        </Text>
      ) : (
        <Code block tabIndex={0} aria-label={words.details}>
          {JSON.stringify(detail, null, 2)}
        </Code>
      )}
      <Group>
        {[
          { label: words.onlyActor(actor), filter: { actor } },
          { label: words.onlyTarget, filter: { target } },
        ].map(({ label, filter }) => (
          <Button
            key={label}
            size="xs"
            variant="default"
            leftSection={<IconFilter size={14} aria-hidden />}
            onClick={() => onFilter(filter)}
          >
            {label}
          </Button>
        ))}
      </Group>
    </Stack>
  );
}
