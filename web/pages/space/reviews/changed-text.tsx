import { VisuallyHidden } from '@mantine/core';
import { texts } from '../../../texts/index.ts';
import classes from './changed-text.module.css';
import { diffLines } from './diff-lines.ts';

const { reviews: words } = texts;
const signs = { added: '+', removed: '−', same: '', gap: '' };

/** What a change does to a text, line by line. */
export function ChangedText({ name, diff }: { name: string; diff: string }) {
  return (
    // It scrolls, so the keyboard has to get there.
    <div
      className={classes.lines}
      tabIndex={0}
      role="group"
      aria-label={`${words.changes}: ${name}`}
    >
      {diffLines(diff).map(({ what, text }, at) => (
        <div key={at} className={classes.line} data-what={what}>
          <span aria-hidden>{signs[what]}</span>
          <span>
            {(what === 'added' || what === 'removed') && (
              <VisuallyHidden>{`${words.lines[what]}: `}</VisuallyHidden>
            )}
            {text}
          </span>
        </div>
      ))}
    </div>
  );
}
