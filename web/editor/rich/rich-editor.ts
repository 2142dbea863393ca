import type { Node } from 'prosemirror-model';
import { EditorState, TextSelection, type Command } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { OpenedDocument } from '../document/opened-document.ts';
import { aroundSelection, type Around } from './commands.ts';
import { ItemView } from './item-view.ts';
import { keepPlace } from './keep-place.ts';
import { editorPlugins } from './plugins.ts';

/** What an editor tells the page around it. */
export interface EditorListener {
  /** Somebody changed the text; it is written only when it is asked for. */
  changed(): void;
  /** The selection is in something else now. */
  moved(around: Around): void;
}

/** A rich text editor of a Markdown text, in an element of a page. */
export class RichEditor {
  readonly view: EditorView;
  #opened: OpenedDocument;
  #around = '';

  constructor(
    place: HTMLElement,
    text: string,
    { label, listener }: { label: string; listener: EditorListener },
  ) {
    this.#opened = new OpenedDocument(text);
    this.view = new EditorView(place, {
      state: this.#stateOf(this.#opened.doc),
      attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': label },
      nodeViews: { list_item: (node, view, getPos) => new ItemView(node, view, getPos) },
      dispatchTransaction: (transaction) => {
        this.view.updateState(this.view.state.apply(transaction));
        this.#tellMove(listener);
        if (transaction.docChanged) listener.changed();
      },
      // A link is followed with Ctrl or Cmd, as in other editors.
      handleClick: (_view, _at, event) => openLink(event),
    });
    this.#tellMove(listener);
  }

  /** The text as it is now. */
  get text(): string {
    return this.#opened.textOf(this.view.state.doc);
  }

  /** Shows another text, such as one into which a change of somebody else was merged; the cursor stays where it was said. */
  replace(text: string): void {
    if (text === this.text) return;
    const { doc, selection } = this.view.state;
    this.#opened = new OpenedDocument(text);
    const kept = keepPlace(doc, selection.head, this.#opened.doc);
    const state = this.#stateOf(kept.doc);
    const place = TextSelection.near(kept.doc.resolve(kept.at));
    this.view.updateState(state.apply(state.tr.setSelection(place)));
  }

  /** Does something at the selection, and goes back to the text; whether it could be done. */
  run(command: Command): boolean {
    const isDone = command(this.view.state, this.view.dispatch, this.view);
    this.view.focus();
    return isDone;
  }

  destroy(): void {
    this.view.destroy();
  }

  #stateOf(doc: Node): EditorState {
    return EditorState.create({ doc, plugins: editorPlugins() });
  }

  #tellMove(listener: EditorListener): void {
    const around = aroundSelection(this.view.state);
    const said = JSON.stringify(around);
    if (said === this.#around) return;
    this.#around = said;
    listener.moved(around);
  }
}

function openLink(event: MouseEvent): boolean {
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (!(link instanceof HTMLAnchorElement) || !(event.ctrlKey || event.metaKey)) return false;
  window.open(link.href, '_blank', 'noopener,noreferrer');
  return true;
}
