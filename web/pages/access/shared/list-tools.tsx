import { Group, SegmentedControl, TextInput } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';

/** What narrows a list: a choice between a few views of it, and words. */
export function ListTools({
  label,
  hint,
  views,
  show,
  text,
  onShow,
  onText,
}: {
  /** What the views are of. */
  label: string;
  /** What the words are looked for in. */
  hint: string;
  views: { value: string; label: string }[];
  show: string;
  text: string;
  onShow: (show: string) => void;
  onText: (text: string) => void;
}) {
  return (
    <Group justify="space-between" gap="sm">
      {views.length > 0 && (
        <SegmentedControl aria-label={label} value={show} onChange={onShow} data={views} />
      )}
      <TextInput
        aria-label={hint}
        placeholder={hint}
        leftSection={<IconFilter size={16} aria-hidden />}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
        flex="1 1 16rem"
        maw={{ sm: '24rem' }}
      />
    </Group>
  );
}
