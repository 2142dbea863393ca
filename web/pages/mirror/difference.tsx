import { Skeleton, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useId, useState } from 'react';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { texts } from '../../texts/index.ts';
import { LazyDiff } from '../../parts/diff/lazy-diff.tsx';
import classes from './difference.module.css';
import { verificationFileQuery, type MirrorPath } from './mirror-queries.ts';

const words = texts.mirror;

/** A path that differs in a verification; opened, it shows both sides. */
export function Difference({
  path,
  checkedAt,
  file,
  kind,
}: {
  path: MirrorPath;
  checkedAt: string;
  file: string;
  kind: keyof typeof words.differences;
}) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <li className={classes.difference}>
      <UnstyledButton
        className={classes.head}
        aria-expanded={isOpen}
        {...(isOpen && { 'aria-controls': id })}
        onClick={() => setOpen(!isOpen)}
      >
        <Chevron size={16} aria-hidden className={classes.chevron} />
        <span className={classes.words}>
          <span className={classes.path}>{file}</span>
          <span className={classes.kind}>{words.differences[kind]}</span>
        </span>
      </UnstyledButton>
      {isOpen && (
        <div id={id}>
          <BothSides path={path} checkedAt={checkedAt} file={file} />
        </div>
      )}
    </li>
  );
}

function BothSides({
  path,
  checkedAt,
  file,
}: {
  path: MirrorPath;
  checkedAt: string;
  file: string;
}) {
  const { data, error, refetch } = useQuery(verificationFileQuery(path, checkedAt, file));
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton h={72} radius={0} />;
  const { expected, found } = data;
  const [leftOut] = [expected.leftOut, found.leftOut].flatMap((reason) =>
    reason === null || reason === 'absent' ? [] : [reason],
  );
  return (
    <>
      <Text size="xs" c="dimmed" px="sm" pb="xs">
        {leftOut === undefined ? words.sides : words.leftOut[leftOut]}
      </Text>
      {(expected.text ?? found.text) !== null && (
        <Suspense fallback={<Skeleton h={72} radius={0} />}>
          <LazyDiff name={file} before={expected.text} after={found.text} />
        </Suspense>
      )}
    </>
  );
}
