import type { ReactNode } from 'react';
import classes from './status-note.module.css';

/** A place in a stack in which something is said as soon as there is something to say. It is announced because it was there before. */
export function StatusNote({ children }: { children: ReactNode }) {
  return (
    <div role="status" className={classes.note}>
      {children}
    </div>
  );
}
