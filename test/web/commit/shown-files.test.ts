import { describe, expect, it } from 'vitest';
import type { ChangedObject, FileSide } from '../../../web/pages/mirror/commit/commit-queries.ts';
import { leftOutBecause } from '../../../web/pages/mirror/commit/left-out-reason.ts';
import { shownObjects, viewOf } from '../../../web/pages/mirror/commit/shown-files.ts';

const text = (lines: number, word = 'x') => `${word}\n`.repeat(lines);

function side(content: string): FileSide {
  return {
    blob: `${content.length}:${content[0]}`,
    size: content.length,
    text: content,
    omitted: null,
  };
}

function omitted(reason: NonNullable<FileSide['omitted']>, size: number | null = 10): FileSide {
  return { blob: reason, size, text: null, omitted: reason };
}

function object(files: [FileSide | null, FileSide | null][], over: Partial<ChangedObject> = {}) {
  return {
    ...{ change: 'changed' as const, kind: 'file' as const, name: null, path: 'configs/orders' },
    ...{ previousPath: null, filesLeftOut: 0, configurationName: null, componentName: null },
    files: files.map(([before, after], at) => ({
      path: `configs/orders/file-${at}.json`,
      previousPath: null,
      before,
      after,
    })),
    ...over,
  };
}

const isOpen = (of: ChangedObject) => shownObjects([of])[0]!.shown.map((one) => one.isOpen);

describe('a changed file', () => {
  it('is shown with both texts, or said to be the same, or left out', () => {
    const file = (before: FileSide | null, after: FileSide | null) =>
      viewOf({ path: 'a', previousPath: null, before, after });
    expect(file(side('a\nb'), side('a\nb\nc\n'))).toMatchObject({ kind: 'texts', lines: 3 });
    expect(file(null, side(''))).toEqual({ kind: 'texts', before: null, after: '', lines: 0 });
    expect(file(side('a'), side('a')).kind).toBe('same');
    expect(file(side('a'), omitted('too_large')).kind).toBe('left-out');
  });

  it('has its name below its object', () => {
    const [files] = shownObjects([object([[null, side('a')]])]);
    expect(files?.shown[0]?.name).toBe('file-0.json');
    const whole = object([[null, side('a')]], { path: 'configs/orders/file-0.json' });
    expect(shownObjects([whole])[0]?.shown[0]?.name).toBe('file-0.json');
  });

  it('is open at first unless it is long', () => {
    expect(
      isOpen(
        object([
          [null, side(text(200))],
          [null, side(text(201))],
        ]),
      ),
    ).toEqual([true, false]);
    // Of a changed file, only the changes are seen.
    expect(isOpen(object([[side(text(2_000)), side(text(2_000, 'y'))]]))).toEqual([true]);
  });

  it('is closed when the page has enough lines, or when Gitward made it', () => {
    const many = object(Array.from({ length: 10 }, () => [null, side(text(190))]));
    expect(isOpen(many).filter(Boolean)).toHaveLength(7);
    const wide = object(Array.from({ length: 3 }, () => [null, side('x'.repeat(60_000))]));
    expect(isOpen(wide)).toEqual([true, true, false]);
    expect(isOpen(object([[null, side('a')]], { kind: 'catalog' }))).toEqual([false]);
  });
});

describe('a file that is left out', () => {
  const because = (before: FileSide | null, after: FileSide | null) =>
    leftOutBecause({ path: 'a', previousPath: null, before, after });

  it('can be read by itself if only its size was the reason', () => {
    expect(because(omitted('too_large'), side('a'))).toEqual({
      reasons: ['too_large'],
      canBeRead: true,
    });
    expect(because(null, omitted('page_full')).canBeRead).toBe(true);
    expect(because(null, omitted('too_large', 2_000_000)).canBeRead).toBe(false);
  });

  it('cannot if it is no text', () => {
    expect(because(omitted('binary'), omitted('symlink', null))).toEqual({
      reasons: ['binary', 'symlink'],
      canBeRead: false,
    });
  });
});
