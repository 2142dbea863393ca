import { Plugin, TextSelection } from 'prosemirror-state';

/**
 * Types the first character of an empty block itself. What the browser types there is read from the page, and a busy Chromium
 * may say then that the cursor is still before it: what is typed next would come first.
 */
export function firstCharacter(): Plugin {
  return new Plugin({
    props: {
      handleKeyPress(view, { key }) {
        const { selection } = view.state;
        const isInEmptyBlock =
          selection instanceof TextSelection &&
          selection.$cursor !== null &&
          selection.$cursor.parent.content.size === 0;
        if (!isInEmptyBlock || !/^.$/su.test(key)) return false;
        view.dispatch(view.state.tr.insertText(key).scrollIntoView());
        return true;
      },
    },
  });
}
