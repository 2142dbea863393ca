import { Text } from '@mantine/core';
import { texts } from '../../../texts/index.ts';
import type { KeptState } from './draft-keeper.ts';

const words = texts.entry;
const clock = new Intl.DateTimeFormat('en', {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** A time of today as a clock shows it, or a day. `at`: ISO 8601. */
export function clockTime(at: string): string {
  return clock.format(new Date(at));
}

/** How what was written is kept, in a quiet word. */
export function KeptNote({ kept, isChanged }: { kept: KeptState; isChanged: boolean }) {
  return (
    <Text size="sm" c={kept.kind === 'failed' ? 'orange' : 'dimmed'} role="status">
      {noteOf(kept, isChanged)}
    </Text>
  );
}

function noteOf(kept: KeptState, isChanged: boolean): string {
  switch (kept.kind) {
    case 'kept':
      return isChanged && kept.at !== null ? `${words.draftKept} ${clockTime(kept.at)}` : '';
    case 'waiting':
      return words.draftWaiting;
    case 'failed':
      return kept.isFinal ? words.draftRefused : words.draftFailed;
  }
}
