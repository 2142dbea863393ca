import DOMPurify from 'dompurify';
import { texts } from '../../texts/index.ts';
import { safeAddress } from '../text/safe-address.ts';

const purify = DOMPurify(window);

purify.addHook('afterSanitizeAttributes', (element) => {
  if (element instanceof HTMLImageElement) element.replaceWith(linkTo(element));
  else if (element instanceof HTMLAnchorElement) judge(element);
});

/** An image in HTML, as the link to it. */
function linkTo(image: HTMLImageElement): HTMLAnchorElement {
  const link = image.ownerDocument.createElement('a');
  const src = image.getAttribute('src') ?? '';
  link.setAttribute('href', src);
  link.setAttribute('data-image', '');
  link.textContent = image.alt === '' ? src || texts.editor.image : image.alt;
  judge(link);
  return link;
}

/** A link to a page opens beside this one; a path means a file of the repository, which is no page here. */
function judge(link: HTMLAnchorElement): void {
  const href = link.getAttribute('href') ?? '';
  link.title ||= href;
  if (safeAddress(href) === null || !/^(?:https?|mailto|tel):/i.test(href))
    link.removeAttribute('href');
  else {
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
  }
}

/** HTML that others wrote, without anything that runs, loads, asks, or looks as it likes. */
export function sanitize(html: string): string {
  return purify.sanitize(html, {
    USE_PROFILES: { html: true },
    FORBID_ATTR: ['style', 'class', 'id', 'name', 'srcset', 'background', 'poster'],
    FORBID_TAGS: [
      ...['style', 'form', 'input', 'button', 'select', 'textarea', 'dialog'],
      ...['video', 'audio', 'source', 'picture', 'track'],
    ],
  });
}
