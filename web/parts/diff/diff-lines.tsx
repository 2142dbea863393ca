import { UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useMemo, useState, type ReactElement } from 'react';
import { Decoration, Diff, Hunk, type ChangeData, type RenderGutter } from 'react-diff-view';
import { texts } from '../../texts/index.ts';
import classes from './diff-lines.module.css';
import { fold, hunkOf, type Piece } from './fold.ts';
import { highlight } from './highlight.ts';
import { languageOf } from './language.ts';

const words = texts.commit;

/** How many lines are drawn at first, and with every click more. */
const atFirst = 150;
const step = 400;

/** The lines of a compared file: unchanged ones that are far from changes are folded. */
export function DiffLines({ name, changes }: { name: string; changes: ChangeData[] }) {
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const [most, setMost] = useState(atFirst);
  const tokens = useMemo(() => highlight(changes, languageOf(name)), [changes, name]);
  const pieces = useMemo(() => fold(changes, opened, most), [changes, opened, most]);
  const toggle = (at: number) => {
    const now = new Set(opened);
    if (!now.delete(at)) now.add(at);
    setOpened(now);
  };

  function draw(piece: Piece): ReactElement {
    if (piece.kind === 'lines')
      return <Hunk key={`lines-${piece.at}`} hunk={hunkOf(piece.changes)} />;
    if (piece.kind === 'rest')
      return (
        <Decoration key="rest">
          <UnstyledButton className={classes.more} onClick={() => setMost(most + step)}>
            {words.showMore(Math.min(step, piece.count))}
          </UnstyledButton>
        </Decoration>
      );
    const { at, count, isOpen } = piece;
    const Chevron = isOpen ? IconChevronDown : IconChevronRight;
    return (
      <Decoration key={`fold-${at}`}>
        <UnstyledButton className={classes.more} aria-expanded={isOpen} onClick={() => toggle(at)}>
          <Chevron size={14} aria-hidden /> {words.unchanged(count)}
        </UnstyledButton>
      </Decoration>
    );
  }

  return (
    <div role="group" aria-label={words.differences(name)} className={classes.lines}>
      <Diff viewType="unified" diffType="modify" hunks={[]} tokens={tokens} renderGutter={gutterOf}>
        {() => pieces.map(draw)}
      </Diff>
    </div>
  );
}

/** The number of a line, and for those who do not see colours, what happened to it. */
const gutterOf: RenderGutter = ({ change, side, renderDefault }) => (
  <>
    {renderDefault()}
    {side === 'new' && change.type !== 'normal' && (
      <span className={classes.spoken}>
        {change.type === 'insert' ? words.added : words.removed}
      </span>
    )}
  </>
);
