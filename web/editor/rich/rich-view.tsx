import { useEffect, useEffectEvent, useImperativeHandle, useRef, useState, type Ref } from 'react';
import type { Command } from 'prosemirror-state';
import { texts } from '../../texts/index.ts';
import text from '../rich-text.module.css';
import { addImage, setLink, type Around } from './commands.ts';
import { ImageDialog } from './image-dialog.tsx';
import { LinkDialog, type FindEntries } from './link-dialog.tsx';
import { RichEditor } from './rich-editor.ts';
import classes from './rich-view.module.css';
import { Toolbar } from './toolbar.tsx';

/** What the page around asks of an editor. */
export interface EditorHandle {
  /** The text as it is now. */
  text(): string;
  /** Shows another text. */
  replace(text: string): void;
  /** Goes to the heading with this index. */
  goTo(heading: number): void;
  focus(): void;
}

const nowhere: Around = {
  ...{ block: 'paragraph', list: null, link: null },
  ...{ strong: false, em: false, strike: false, code: false, quote: false, table: false },
  isEmpty: true,
};

/** The rich text editor. It keeps the text; the page asks for it when it is to be saved. */
export function RichView({
  initial,
  variables,
  findEntries,
  onChange,
  handle,
}: {
  /** The text with which it begins; another one later on changes nothing. */
  initial: string;
  variables: readonly string[];
  findEntries: FindEntries;
  onChange: () => void;
  handle: Ref<EditorHandle>;
}) {
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<RichEditor | null>(null);
  const [around, setAround] = useState(nowhere);
  const [dialog, setDialog] = useState<'link' | 'image' | null>(null);
  const changed = useEffectEvent(onChange);
  const begin = useEffectEvent((element: HTMLElement) => {
    const listener = { changed: () => changed(), moved: setAround };
    return new RichEditor(element, initial, { label: texts.editor.label, listener });
  });
  useEffect(() => {
    if (place.current === null) return undefined;
    const made = begin(place.current);
    editor.current = made;
    return () => {
      editor.current = null;
      made.destroy();
    };
  }, []);
  useImperativeHandle(handle, () => ({
    text: () => editor.current?.text ?? initial,
    replace: (now) => editor.current?.replace(now),
    goTo: (heading) => goTo(place.current, heading),
    focus: () => editor.current?.view.focus(),
  }));
  const run = (command: Command) => {
    editor.current?.run(command);
  };
  const close = () => {
    setDialog(null);
    editor.current?.view.focus();
  };
  return (
    <>
      <Toolbar
        around={around}
        variables={variables}
        run={run}
        onLink={() => setDialog('link')}
        onImage={() => setDialog('image')}
      />
      <div
        ref={place}
        className={`${classes.place ?? ''} ${text.text ?? ''}`}
        onKeyDown={(event) => {
          if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
          // Elsewhere in the page, it searches.
          event.preventDefault();
          event.nativeEvent.stopPropagation();
          setDialog('link');
        }}
      />
      {dialog === 'link' && (
        <LinkDialog
          href={String(around.link?.attrs.href ?? '')}
          hasText={around.isEmpty && around.link === null}
          findEntries={findEntries}
          onSet={(href, title) => {
            close();
            run(setLink(href, title));
          }}
          onClose={close}
        />
      )}
      {dialog === 'image' && (
        <ImageDialog
          onAdd={(image) => {
            close();
            run(addImage(image));
          }}
          onClose={close}
        />
      )}
    </>
  );
}

function goTo(place: HTMLElement | null, heading: number): void {
  const found = place?.querySelectorAll('.ProseMirror > :is(h1, h2, h3, h4, h5, h6)')[heading];
  found?.scrollIntoView({ block: 'start' });
}
