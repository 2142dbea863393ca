import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArrowBackUp, IconCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useCaller } from '../../../api/session.ts';
import { Card } from '../../../parts/card.tsx';
import { Confirm, type Question } from '../../../parts/confirm.tsx';
import { useRights } from '../../../parts/knowledge/rights.ts';
import { openReviewsQuery } from '../../../parts/knowledge/space-queries.ts';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { texts } from '../../../texts/index.ts';
import { actOnReview, reviewQuery, type Review, type ReviewAct } from './review-queries.ts';
import { wordsLeft } from './words-left.ts';

const { reviews: words } = texts;

/** What the one who looks may say about a review, and what may become of it. Nothing once it is over. */
export function Verdict({ space, review }: { space: string; review: Review }) {
  const client = useQueryClient();
  const caller = useCaller();
  const { mayAny } = useRights(space);
  const [comment, setComment] = useState('');
  const [isAsked, setAsked] = useState(false);
  const [question, setQuestion] = useState<Question | null>(null);
  const { queryKey } = reviewQuery(space, review.number);
  const act = useMutation({
    mutationFn: (what: ReviewAct) => actOnReview(space, review, what, comment),
    onSuccess: (now, what) => {
      client.setQueryData(queryKey, now);
      void client.invalidateQueries(openReviewsQuery(space));
      setComment('');
      setAsked(false);
      setQuestion(null);
      notifications.show({ message: words.done[what] });
    },
    // It may have moved: then one looks at it again.
    onError: () => void client.invalidateQueries({ queryKey }),
  });
  if (review.endedAt !== null) return null;
  const { maySay, mayApprove, mayWithdraw, mayMerge, mayClose } = wordsLeft(review, caller, mayAny);
  const busy = (what: ReviewAct) => act.isPending && act.variables === what;
  const isWordMissing = isAsked && comment.trim() === '';
  return (
    <Card title={words.verdict}>
      <Stack gap="sm">
        {caller.kind === 'machine' && <Text size="sm">{words.onlyPeople}</Text>}
        {caller.kind === 'person' && review.head === null && <Text size="sm">{words.notYet}</Text>}
        {maySay && (
          <Textarea
            label={words.comment}
            description={words.commentHint}
            autosize
            minRows={2}
            maxRows={8}
            maxLength={5_000}
            value={comment}
            error={isWordMissing && words.needWord}
            onChange={(event) => setComment(event.currentTarget.value)}
          />
        )}
        {act.error && question === null && <ProblemAlert error={act.error} />}
        <Group gap="xs">
          {mayApprove && (
            <Button
              leftSection={<IconCheck size={16} aria-hidden />}
              loading={busy('approve')}
              onClick={() => act.mutate('approve')}
            >
              {words.approve}
            </Button>
          )}
          {maySay && (
            <Button
              variant="default"
              leftSection={<IconArrowBackUp size={16} aria-hidden />}
              loading={busy('request-changes')}
              onClick={() => {
                setAsked(true);
                if (comment.trim() !== '') act.mutate('request-changes');
              }}
            >
              {words.sendBack}
            </Button>
          )}
          {mayWithdraw && (
            <Button
              variant="default"
              loading={busy('withdraw')}
              onClick={() => act.mutate('withdraw')}
            >
              {words.withdraw}
            </Button>
          )}
          {mayMerge && (
            <Button variant="default" loading={busy('merge')} onClick={() => act.mutate('merge')}>
              {words.merge}
            </Button>
          )}
          {mayClose && (
            <Button variant="subtle" color="red" onClick={() => setQuestion(words.closeQuestion)}>
              {words.close}
            </Button>
          )}
        </Group>
      </Stack>
      <Confirm
        question={question}
        isWorking={act.isPending}
        error={act.error}
        onConfirm={() => act.mutate('close')}
        onClose={() => setQuestion(null)}
      />
    </Card>
  );
}
