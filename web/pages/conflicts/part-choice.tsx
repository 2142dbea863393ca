import { Anchor, Paper, Radio, Text, Textarea, VisuallyHidden } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Card } from '../../parts/card.tsx';
import { texts } from '../../texts/index.ts';
import { ChangedText } from '../../parts/knowledge/changed-text.tsx';
import { ownFault, ownStart, type Choice, type Part } from './choices.ts';
import classes from './part-choice.module.css';
import { isShort, valueText } from '../../parts/knowledge/value-text.ts';
import { pathOf } from './what-happened.ts';

const { conflicts: words } = texts;

/** A part that clashes: what it is on both sides, and which of them, or what else, it shall be. */
export function PartChoice({
  part,
  number,
  by,
  choice,
  onChoose,
}: {
  part: Part;
  /** Counted from 1 among the parts of its sort; `null` if it is the only one. */
  number: number | null;
  /** Who wrote the sides, in words. */
  by: { git: ReactNode; mine: ReactNode };
  choice: Choice | undefined;
  /** `null`: one may only read. */
  onChoose: ((choice: Choice) => void) | null;
}) {
  const [isBaseShown, showBase] = useState(false);
  const title = titleOf(part, number);
  const picked = choice === undefined ? null : 'side' in choice ? choice.side : 'own';
  const choose = (value: string) =>
    onChoose?.(value === 'git' || value === 'mine' ? { side: value } : { own: ownStart(part) });
  const sides = (
    <div className={classes.sides}>
      {(['git', 'mine'] as const).map((side) => (
        <Side
          key={side}
          value={side}
          name={side === 'git' ? words.sideGit : words.sideMine}
          by={by[side]}
          isChoice={onChoose !== null}
        >
          <PartValue part={part} side={side} />
        </Side>
      ))}
    </div>
  );
  const fault = ownFault(part, choice);
  return (
    <Card
      title={title}
      aside={
        <Anchor component="button" type="button" size="sm" onClick={() => showBase(!isBaseShown)}>
          {isBaseShown ? words.hideBefore : words.before}
        </Anchor>
      }
    >
      {isBaseShown && (
        <div className={classes.before}>
          <Text size="xs" c="dimmed">
            {words.before}
          </Text>
          <Text size="sm" component="div">
            <ChangedText before={valueText(part.base)} after={valueText(part.base)} />
          </Text>
        </div>
      )}
      {onChoose === null ? (
        sides
      ) : (
        <Radio.Group
          value={picked}
          onChange={choose}
          label={<VisuallyHidden>{title}</VisuallyHidden>}
        >
          {sides}
          <Radio mt="sm" value="own" label={words.sideOwn} />
        </Radio.Group>
      )}
      {choice !== undefined && 'own' in choice && (
        <Textarea
          mt="xs"
          aria-label={`${title}: ${words.ownText}`}
          value={choice.own}
          onChange={({ currentTarget }) => onChoose?.({ own: currentTarget.value })}
          error={fault === null ? null : words.notJson}
          autosize
          minRows={2}
          maxRows={24}
        />
      )}
    </Card>
  );
}

function Side({
  value,
  name,
  by,
  isChoice,
  children,
}: {
  value: string;
  name: string;
  by: ReactNode;
  isChoice: boolean;
  children: ReactNode;
}) {
  const content = (
    <>
      <div className={classes.head}>
        {isChoice && <Radio.Indicator />}
        <Text size="sm" fw={600} component="div">
          {name}
          <Text size="xs" c="dimmed" fw={400} component="div">
            {by}
          </Text>
        </Text>
      </div>
      <div className={classes.value}>{children}</div>
    </>
  );
  return isChoice ? (
    <Radio.Card value={value} className={classes.side}>
      {content}
    </Radio.Card>
  ) : (
    <Paper withBorder className={classes.side}>
      {content}
    </Paper>
  );
}

/** What a side has, and how that differs from what it was before. */
function PartValue({
  part: { what, base, git, mine },
  side,
}: {
  part: Part;
  side: 'git' | 'mine';
}) {
  const value = side === 'git' ? git : mine;
  if (what === 'field' && isShort(base) && isShort(value)) return valueText(value);
  if (what === 'file' && value == null) return <Text size="sm">{words.noFile}</Text>;
  // Of what came anew on both sides, the difference between the sides is what matters.
  const before = base ?? (side === 'mine' ? git : undefined) ?? value;
  return <ChangedText before={valueText(before)} after={valueText(value)} />;
}

function titleOf({ what, pointer }: Part, number: number | null): string {
  if (what === 'field') return pathOf(pointer);
  const name = words.part[what];
  return number === null ? name : `${name} ${number}`;
}
