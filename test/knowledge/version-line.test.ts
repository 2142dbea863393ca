import { describe, expect, it } from 'vitest';
import { idOfPath, VersionLine, type ChangedFile } from '../../knowledge/entries/version-line.ts';

function file(path: string, declaredId: string | null, blobId: string | null = `blob-${path}`) {
  return { path, declaredId, blobId } satisfies ChangedFile;
}
function gone(path: string): ChangedFile {
  return { path, declaredId: null, blobId: null };
}

describe('a line of versions', () => {
  it('recognizes an entry by its id, wherever its file is moved', () => {
    const line = new VersionLine();
    line.step([file('customers/acme.md', 'acme')]);
    expect(line.step([gone('customers/acme.md'), file('customers/old/acme.md', 'acme')])).toEqual([
      {
        entryId: 'acme',
        path: 'customers/old/acme.md',
        previousPath: 'customers/acme.md',
        blobId: 'blob-customers/old/acme.md',
      },
    ]);
  });

  it('follows two entries that swap their files', () => {
    const line = new VersionLine([
      ['a.md', 'first'],
      ['b.md', 'second'],
    ]);
    const changed = line.step([file('a.md', 'second'), file('b.md', 'first')]);
    expect(changed.map(({ entryId, path, previousPath }) => [entryId, path, previousPath])).toEqual(
      [
        ['second', 'a.md', 'b.md'],
        ['first', 'b.md', 'a.md'],
      ],
    );
  });

  it('leaves an id with the file that had it, and gives a new id to the first of several files that declare it', () => {
    const line = new VersionLine([['b.md', 'acme']]);
    expect(line.step([file('a.md', 'acme'), file('b.md', 'acme')])).toEqual([
      { entryId: 'acme', path: 'b.md', previousPath: null, blobId: 'blob-b.md' },
      { entryId: idOfPath('a.md'), path: 'a.md', previousPath: null, blobId: 'blob-a.md' },
    ]);
    const fresh = new VersionLine().step([file('z.md', 'x'), file('c.md', 'x')]);
    expect(fresh.map(({ entryId, path }) => [entryId, path])).toEqual([
      ['x', 'c.md'],
      [idOfPath('z.md'), 'z.md'],
    ]);
  });

  it('keeps the entry of a file that lost its id', () => {
    const line = new VersionLine([['a.md', 'acme']]);
    expect(line.step([file('a.md', null)])[0]?.entryId).toBe('acme');
  });

  it('ends an entry if its file is removed or declares another id', () => {
    const line = new VersionLine([
      ['a.md', 'acme'],
      ['b.md', 'other'],
    ]);
    expect(line.step([gone('a.md')])).toEqual([
      { entryId: 'acme', path: 'a.md', previousPath: null, blobId: null },
    ]);
    const changed = line.step([file('b.md', 'renamed')]);
    expect(changed.map(({ entryId, blobId }) => [entryId, blobId])).toEqual([
      ['renamed', 'blob-b.md'],
      ['other', null],
    ]);
  });
});
