import { TextInput, type TextInputProps } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';

/** Searches when somebody stops typing for a moment. `label` says what for, `text` is what the address has. */
export function SearchField({
  label,
  text,
  onText,
  ...more
}: {
  label: string;
  text: string;
  onText: (text: string) => void;
} & Pick<TextInputProps, 'placeholder' | 'maxLength' | 'flex'>) {
  const [typed, setTyped] = useState(text);
  // The address changed otherwise: by a link, or by going back.
  const [before, setBefore] = useState(text);
  const [told, setTold] = useState(text);
  if (before !== text) {
    setBefore(text);
    // What one has typed since is not taken away by what one had typed before.
    if (text !== told) setTyped(text);
  }
  const tell = useDebouncedCallback((now: string) => {
    setTold(now);
    onText(now);
  }, 200);
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={16} aria-hidden />}
      maxLength={200}
      flex="1 1 18rem"
      {...more}
      value={typed}
      onChange={({ currentTarget: { value } }) => {
        setTyped(value);
        tell(value.trim());
      }}
    />
  );
}
