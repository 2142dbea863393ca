import { useMemo } from 'react';
import { changedWords } from './changed-words.ts';
import classes from './changed-text.module.css';

/** A text, in which the words that differ from an earlier one stand out. */
export function ChangedText({ before, after }: { before: string; after: string }) {
  const pieces = useMemo(() => changedWords(before, after), [before, after]);
  return (
    <p className={classes.text}>
      {pieces.map(({ text, kind }, at) => {
        if (kind === 'same') return text;
        return kind === 'added' ? <ins key={at}>{text}</ins> : <del key={at}>{text}</del>;
      })}
    </p>
  );
}
