import { Button, Group, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ProblemError } from '../../../api/problem-error.ts';
import { exactTime } from '../../../parts/relative-time.ts';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { texts } from '../../../texts/index.ts';
import { Changes } from './changes.tsx';
import { restore, versionQuery, type EntryPath, type Version } from './history-queries.ts';

const { history: words, common } = texts;

/** Shows what restoring a version would change, and does it. While `version` is `null`, nothing is shown. */
export function RestoreDialog({
  path,
  version,
  onClose,
}: {
  path: EntryPath;
  version: Version | null;
  onClose: () => void;
}) {
  return (
    <Modal
      opened={version !== null}
      onClose={onClose}
      title={version && words.restoreTitle(exactTime(new Date(version.at)))}
      size="xl"
      closeButtonProps={{ 'aria-label': common.close }}
    >
      {version !== null && <Preview {...{ path, version, onClose }} />}
    </Modal>
  );
}

function Preview({
  path,
  version: { commit },
  onClose,
}: {
  path: EntryPath;
  version: Version;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const then = useQuery(versionQuery(path, commit));
  const now = useQuery(versionQuery(path, null));
  const isGone = now.error instanceof ProblemError && now.error.status === 404;
  const doIt = useMutation({
    mutationFn: () => restore(path, commit, now.data?.blob ?? null),
    async onSuccess(answer) {
      const isInReview = 'review' in answer;
      notifications.show({ message: isInReview ? words.restoredInReview : words.restored });
      onClose();
      await client.invalidateQueries({ queryKey: ['space', path.space] });
    },
  });
  const error = then.error ?? (isGone ? null : now.error);
  if (error !== null) return <ProblemAlert error={error} />;
  if (then.data === undefined || (now.data === undefined && !isGone))
    return <Skeleton h={160} aria-busy aria-label={common.loading} />;
  const isSame = now.data?.blob === then.data.blob;
  return (
    <Stack>
      <Text>{isSame ? words.restoreSame : isGone ? words.restoreRemoved : words.restoreWhat}</Text>
      <Changes before={now.data ?? null} after={then.data} />
      {doIt.error !== null && <ProblemAlert error={doIt.error} />}
      <Group justify="end">
        <Button variant="default" onClick={onClose}>
          {common.cancel}
        </Button>
        <Button disabled={isSame} loading={doIt.isPending} onClick={() => doIt.mutate()}>
          {words.restore}
        </Button>
      </Group>
    </Stack>
  );
}
