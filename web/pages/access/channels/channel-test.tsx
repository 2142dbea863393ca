import { Alert, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import { DialogForm } from '../../../parts/dialog-form.tsx';
import type { Channel } from '../../../parts/streams/channels-query.ts';
import { texts } from '../../../texts/index.ts';

const { channels: words } = texts;

/** Sends a test through a channel, and says what came of it. */
export function ChannelTest({ channel: { id }, onDone }: { channel: Channel; onDone: () => void }) {
  const test = useMutation({
    mutationFn: () =>
      dataOf(
        api.POST('/v1/notice-channels/{channel}/actions/test', {
          params: { path: { channel: id } },
        }),
      ),
  });
  return (
    <DialogForm
      action={words.test}
      isWorking={test.isPending}
      error={test.error}
      onSubmit={() => test.mutate()}
      onCancel={onDone}
      cancel={texts.access.back}
    >
      <Text size="sm">{words.testHint}</Text>
      <div role="status" aria-label={words.tested}>
        {test.data &&
          (test.data.sent ? (
            <Alert color="teal">{words.isSent}</Alert>
          ) : (
            <Alert color="red" title={words.isNotSent}>
              {test.data.reason}
            </Alert>
          ))}
      </div>
    </DialogForm>
  );
}
