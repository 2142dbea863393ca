import { Skeleton, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { Suspense, useId, useState } from 'react';
import { texts } from '../../../texts/index.ts';
import classes from './changed-file.module.css';
import type { CommitPath } from './commit-queries.ts';
import { LazyDiff } from '../../../parts/diff/lazy-diff.tsx';
import { LeftOut } from './left-out.tsx';
import type { ShownFile } from './shown-files.ts';

const words = texts.commit;

/** A changed file: its name, and below it what differs. What is closed is not compared. */
export function ChangedFile({
  path,
  parent,
  shown,
}: {
  path: CommitPath;
  parent: string | null;
  shown: ShownFile;
}) {
  const { name, view, file } = shown;
  if (view.kind === 'texts') return <FileTexts {...shown} view={view} />;
  return (
    <div className={classes.file}>
      <div className={classes.head}>
        <span className={classes.name}>{name}</span>
      </div>
      <LeftOut path={path} parent={parent} file={file} name={name} />
    </div>
  );
}

function FileTexts({
  name,
  view: { before, after, lines },
  isOpen: isOpenAtFirst,
}: Omit<ShownFile, 'view'> & { view: Extract<ShownFile['view'], { kind: 'texts' }> }) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const id = useId();
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <div className={classes.file}>
      <UnstyledButton
        className={classes.head}
        aria-expanded={isOpen}
        {...(isOpen && { 'aria-controls': id })}
        onClick={() => setOpen(!isOpen)}
      >
        <Chevron size={16} aria-hidden className={classes.chevron} />
        <span className={classes.name}>{name}</span>
        {before === null && <span className={classes.aside}>{words.newFile}</span>}
        {after === null && <span className={classes.aside}>{words.removedFile}</span>}
        <span className={classes.action}>{isOpen ? words.hide : words.show(lines)}</span>
      </UnstyledButton>
      {isOpen && (
        <div id={id}>
          <Suspense fallback={<Skeleton h={Math.min(lines, 12) * 18} radius={0} />}>
            <LazyDiff name={name} before={before} after={after} />
          </Suspense>
        </div>
      )}
    </div>
  );
}
