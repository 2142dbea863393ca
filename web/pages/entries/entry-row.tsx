import { Checkbox, UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { EntryStatus } from '../../parts/knowledge/entry-status.tsx';
import { entryPath } from '../../parts/knowledge/paths.ts';
import { PlainTime } from '../../parts/time.tsx';
import { texts } from '../../texts/index.ts';
import type { EntryItem } from './entries-query.ts';
import classes from './entry-rows.module.css';
import { ownersOf } from './owners.ts';

const { entries: words } = texts;
/** How many owners have room. */
const mostOwners = 2;

/** An entry in a list; it is drawn again only when something about it has changed. `kind` is said where the list has several. */
export const EntryCells = memo(function EntryCells({
  space,
  item,
  kind,
  isChosen,
  onChoose,
  onTerm,
}: {
  space: string;
  item: EntryItem;
  kind: string | null;
  isChosen: boolean;
  /** Left out where nothing can be done to several. */
  onChoose: ((item: EntryItem, isChosen: boolean) => void) | undefined;
  /** Narrows the list to what this term finds. */
  onTerm: (term: string) => void;
}) {
  const title = item.title.trim() === '' ? words.untitled : item.title;
  const owners = ownersOf(item.fields);
  return (
    <>
      {onChoose && (
        <div role="cell" className={classes.above}>
          <Checkbox
            size="xs"
            aria-label={words.row(title)}
            checked={isChosen}
            onChange={(event) => onChoose(item, event.currentTarget.checked)}
          />
        </div>
      )}
      <div role="cell" className={classes.name}>
        <Link to={entryPath(space, item.id)} className={classes.link}>
          {title}
        </Link>
        <div className={classes.second}>{secondLine(item, kind)}</div>
      </div>
      <div role="cell" className={classes.above}>
        <EntryStatus status={item.syncStatus} />
      </div>
      <div role="cell" className={classes.owners}>
        {owners.slice(0, mostOwners).map(({ name, term }) => (
          <UnstyledButton
            key={term}
            className={classes.owner}
            title={words.showOwned(name)}
            onClick={() => onTerm(term)}
          >
            {name}
          </UnstyledButton>
        ))}
        {owners.length > mostOwners && (
          <span className={classes.second}>{words.moreOwners(owners.length - mostOwners)}</span>
        )}
      </div>
      <div role="cell" className={classes.when}>
        <PlainTime at={item.updatedAt} />
        {item.updatedBy !== null && (
          <div className={classes.second}>{words.by(item.updatedBy)}</div>
        )}
      </div>
    </>
  );
});

/** What one would ask next: why it is held back, what is wrong with it; otherwise its kind, or its file's name. */
function secondLine({ syncStatus, failure, problem, blob, path }: EntryItem, kind: string | null) {
  if (syncStatus === 'error' && failure !== null) return failure.message;
  if (syncStatus === 'invalid' && problem !== null)
    return words.line(problem.line, problem.message);
  if (blob === null) return words.removedEntry;
  return kind ?? path.slice(path.lastIndexOf('/') + 1);
}
