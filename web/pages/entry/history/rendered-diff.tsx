import { Stack, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useMemo, useState } from 'react';
import { renderMarkdown } from '../../../editor/preview/render-markdown.ts';
import { sanitize } from '../../../editor/preview/sanitize.ts';
import richText from '../../../editor/rich-text.module.css';
import { PlainSides } from '../../../parts/diff/plain-sides.tsx';
import { texts } from '../../../texts/index.ts';
import { compareBlocks, type BlockPair } from './compare-blocks.ts';
import { foldSame, type Fold } from './fold-same.ts';
import { markWords } from './mark-words.ts';
import classes from './rendered-diff.module.css';

const { history: words } = texts;

/** What changed in a Markdown text, as its readers see it. */
export function RenderedDiff({
  before,
  after,
  isSideBySide,
}: {
  before: string;
  after: string;
  isSideBySide: boolean;
}) {
  const pairs = useMemo(() => compareBlocks(before, after), [before, after]);
  const [opened, open] = useState<ReadonlySet<number>>(new Set());
  const folded = useMemo(() => foldSame(pairs ?? [], opened), [pairs, opened]);
  if (before === after) return <Text c="dimmed">{words.sameText}</Text>;
  if (pairs === null)
    return (
      <>
        <Text size="sm">{words.tooDifferent}</Text>
        <PlainSides name={words.text} before={before} after={after} />
      </>
    );
  return (
    <Stack gap={0} className={isSideBySide ? classes.both : undefined}>
      {folded.map((one) =>
        isFold(one) ? (
          <UnstyledButton
            key={one.at}
            className={classes.fold}
            onClick={() => open(new Set([...opened, one.at]))}
          >
            {words.unchanged(one.count)}
          </UnstyledButton>
        ) : (
          <Pair key={one.at} pair={one.pair} isSideBySide={isSideBySide} />
        ),
      )}
    </Stack>
  );
}

function isFold(one: Fold | { at: number; pair: BlockPair }): one is Fold {
  return 'count' in one;
}

function Pair({
  pair: { before, after },
  isSideBySide,
}: {
  pair: BlockPair;
  isSideBySide: boolean;
}) {
  const html = useMemo(() => {
    const [old, now] = [before, after].map((text) => sanitize(renderMarkdown(text ?? '')));
    return before === null || after === null || before === after
      ? { before: old ?? '', after: now ?? '' }
      : markWords(old ?? '', now ?? '');
  }, [before, after]);
  if (before === after)
    return (
      <div className={classes.pair}>
        <Block html={html.after} />
        {isSideBySide && <Block html={html.after} />}
      </div>
    );
  return (
    <div className={classes.pair}>
      {before === null ? isSideBySide && <div /> : <Block html={html.before} side="before" />}
      {after !== null && <Block html={html.after} side="after" />}
    </div>
  );
}

function Block({ html, side }: { html: string; side?: 'before' | 'after' }) {
  return (
    <div className={classes.block} data-side={side}>
      {side !== undefined && (
        <VisuallyHidden>{side === 'before' ? words.removed : words.added}</VisuallyHidden>
      )}
      <div className={richText.text} dangerouslySetInnerHTML={{ __html: html }} />
    </div>
  );
}
