import type { Page } from 'playwright-core';

/**
 * What on a page only a mouse can use (WCAG 2.2, 2.1.1): controls that the Tab key does not reach, and what looks as if one could
 * click on it and is in no control. In a group with one stop, such as tabs, a menu, the palette or the picture of a lineage, the
 * arrow keys go on from there.
 */
export async function onlyByMouse(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const control = 'a[href], button, input, select, textarea, summary, [role="button"], [role="link"], [role="switch"]';
    const group = '[role="tablist"], [role="radiogroup"], [role="listbox"], [role="toolbar"], [role="grid"], [role="tree"], .mantine-Spotlight-content, .react-flow';
    const isShown = (one) => one.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true }) && one.getClientRects().length > 0;
    const isOff = (one) => one.matches(':disabled, [aria-disabled="true"]') || one.closest('[inert], [aria-hidden="true"]') !== null;
    const named = (one) => one.tagName.toLowerCase() + ' "' + (one.getAttribute('aria-label') ?? one.innerText ?? '').trim().slice(0, 60) + '"';
    const isReached = (one) => one.tabIndex >= 0 || one.closest('[role="menu"]') !== null || [...(one.closest(group)?.querySelectorAll('[tabindex="0"], a[href], button, input') ?? [])].some(({ tabIndex }) => tabIndex >= 0);
    const modal = document.querySelector('[aria-modal="true"]');
    const shown = [...(modal ?? document).querySelectorAll('*')].filter((one) => isShown(one) && !isOff(one));
    const skipped = shown.filter((one) => one.matches(control) && getComputedStyle(one).cursor !== 'default' && !isReached(one));
    const pointed = shown.filter((one) =>
      getComputedStyle(one).cursor === 'pointer' &&
      getComputedStyle(one.parentElement ?? one).cursor !== 'pointer' &&
      one.closest(control + ', label, [tabindex], [contenteditable="true"]') === null &&
      one.querySelector(control) === null);
    const early = shown.filter((one) => one.tabIndex > 0);
    return [
      ...skipped.map((one) => 'the Tab key does not reach ' + named(one)),
      ...pointed.map((one) => 'only a mouse can click on ' + named(one)),
      ...early.map((one) => 'out of order: ' + named(one)),
    ];
  })()`);
}
