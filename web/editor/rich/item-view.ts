import type { Node } from 'prosemirror-model';
import type { EditorView, NodeView } from 'prosemirror-view';
import { texts } from '../../texts/index.ts';

/** An item of a list; a task has a box that one can tick. */
export class ItemView implements NodeView {
  readonly dom = document.createElement('li');
  readonly contentDOM: HTMLElement;
  readonly #box: HTMLInputElement | null;

  constructor(node: Node, view: EditorView, getPos: () => number | undefined) {
    if (node.attrs.checked === null) {
      this.contentDOM = this.dom;
      this.#box = null;
      return;
    }
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.contentEditable = 'false';
    box.setAttribute('aria-label', texts.editor.done);
    box.addEventListener('change', () => {
      const at = getPos();
      if (at !== undefined)
        view.dispatch(view.state.tr.setNodeAttribute(at, 'checked', box.checked));
    });
    this.contentDOM = document.createElement('div');
    this.dom.append(box, this.contentDOM);
    this.#box = box;
    this.update(node);
  }

  update({ type, attrs }: Node): boolean {
    const { checked } = attrs as { checked: boolean | null };
    if (type.name !== 'list_item' || (checked === null) !== (this.#box === null)) return false;
    this.dom.toggleAttribute('data-task', checked !== null);
    if (this.#box !== null) this.#box.checked = checked === true;
    return true;
  }

  stopEvent({ target }: Event): boolean {
    return target === this.#box;
  }

  ignoreMutation({ target }: { target: globalThis.Node }): boolean {
    return target !== this.contentDOM && !this.contentDOM.contains(target);
  }
}
