import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { markdown } from '@codemirror/lang-markdown';
import { defaultHighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useEffectEvent, useImperativeHandle, useRef, type Ref } from 'react';
import { nonce } from '../../nonce.ts';
import type { EditorHandle } from '../rich/rich-view.tsx';
import { keepLineEnds } from './keep-line-ends.ts';
import classes from './source-view.module.css';

/** A text as its source, with the line numbers of the file if `firstLine` says where it begins. */
export default function SourceView({
  initial,
  label,
  firstLine = 1,
  onChange,
  handle,
}: {
  /** The text with which it begins; another one later on changes nothing. */
  initial: string;
  label: string;
  firstLine?: number;
  onChange: () => void;
  handle: Ref<EditorHandle>;
}) {
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView | null>(null);
  const original = useRef(initial);
  const changed = useEffectEvent(onChange);
  const begin = useEffectEvent((parent: HTMLElement) => {
    const extensions = [
      lineNumbers({ formatNumber: (line) => String(line + firstLine - 1) }),
      history(),
      keymap.of([...defaultKeymap, ...historyKeymap]),
      markdown(),
      syntaxHighlighting(defaultHighlightStyle),
      EditorView.lineWrapping,
      EditorView.cspNonce.of(nonce),
      EditorView.contentAttributes.of({ 'aria-label': label }),
      EditorView.updateListener.of(({ docChanged }) => docChanged && changed()),
    ];
    return new EditorView({ parent, state: EditorState.create({ doc: initial, extensions }) });
  });
  useEffect(() => {
    if (place.current === null) return undefined;
    const made = begin(place.current);
    editor.current = made;
    made.focus();
    return () => {
      editor.current = null;
      made.destroy();
    };
  }, []);
  useImperativeHandle(handle, () => ({
    text: () => keepLineEnds(original.current, editor.current?.state.doc.toString() ?? null),
    replace: (now) => {
      original.current = now;
      const view = editor.current;
      view?.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: now } });
    },
    goTo: (heading) => goToHeading(editor.current, heading),
    focus: () => editor.current?.focus(),
  }));
  return <div ref={place} className={classes.place} />;
}

/** Lines that look like headings are near enough here. */
function goToHeading(view: EditorView | null, heading: number): void {
  if (view === null) return;
  let count = -1;
  for (let number = 1; number <= view.state.doc.lines; number += 1) {
    const line = view.state.doc.line(number);
    if (/^#{1,6}\s/.test(line.text)) count += 1;
    if (count !== heading) continue;
    view.dispatch({
      selection: { anchor: line.from },
      effects: EditorView.scrollIntoView(line.from, { y: 'start' }),
    });
    view.focus();
    return;
  }
}
