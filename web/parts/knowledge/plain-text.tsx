import classes from './plain-text.module.css';

/** A text as it is, which scrolls if it is long. */
export function PlainText({ text, label }: { text: string; label: string }) {
  return (
    // It scrolls, so the keyboard has to get there.
    <pre className={classes.text} tabIndex={0} role="group" aria-label={label}>
      {text}
    </pre>
  );
}
