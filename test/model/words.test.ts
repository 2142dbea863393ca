import { describe, expect, it } from 'vitest';
import { gitward, personFrom, samePerson } from '../../model/streams/author.ts';
import { treeDifference } from '../../model/mirror/difference.ts';
import { heldCodes, personCodes } from '../../model/streams/errors.ts';
import { displayKey } from '../../model/mirror/events.ts';
import { catchUpWorkflowId, mirrorOfStream, mirrorStream } from '../../model/mirror/ids.ts';
import { idPattern } from '../../model/streams/ids.ts';
import { streamState, type StreamFacts, type StreamState } from '../../model/streams/state.ts';
import { configKey, rowKey } from '../../model/platform/object-key.ts';

describe('an author', () => {
  it.each([
    ['eva@example.com', 'eva@example.com', 'eva@example.com'],
    ['  eva@example.com \n', 'eva@example.com', 'eva@example.com'],
    ['Jan Novák', 'Jan Novák', 'jan-novak@users.gitward.invalid'],
    ['Eva <eva@example.com>', 'Eva eva@example.com', 'eva-eva-example-com@users.gitward.invalid'],
    [
      'Mallory\nCo-authored-by: x',
      'Mallory Co-authored-by: x',
      'mallory-co-authored-by-x@users.gitward.invalid',
    ],
    ['田中', '田中', 'unknown@users.gitward.invalid'],
    ['"Bot."', 'Bot', 'bot@users.gitward.invalid'],
    ['two@at@signs', 'two@at@signs', 'two-at-signs@users.gitward.invalid'],
  ])('given as %j is %s <%s>', (author, name, email) => {
    expect(personFrom(author)).toEqual({ name, email });
  });

  it.each([[null], [undefined], [''], [' \t '], ['<>'], ['.;"'], ['\u0000']])(
    'is Gitward if the name is %j',
    (author) => {
      expect(personFrom(author)).toBe(gitward);
    },
  );

  it('has a name of limited length', () => {
    expect(personFrom('x'.repeat(1_000)).name).toHaveLength(200);
  });

  it('is the same person only if name and address are the same', () => {
    expect(samePerson(personFrom('Eva'), personFrom(' Eva '))).toBe(true);
    expect(samePerson(personFrom('Eva'), personFrom('eva'))).toBe(false);
  });
});

describe("a mirror's state", () => {
  const quiet: StreamFacts = {
    ended: false,
    paused: false,
    outage: null,
    initialized: true,
    undelivered: false,
    pendingChanges: 0,
  };
  const down = { code: 'repository_unreachable' as const, escalated: false };
  const everything: StreamFacts = {
    ended: true,
    paused: true,
    outage: { code: 'branch_gone', escalated: true },
    initialized: false,
    undelivered: true,
    pendingChanges: 1,
  };

  // Each row lacks one more fact than the row before, so that the next fact decides.
  it.each<[StreamState, Partial<StreamFacts>]>([
    ['ended', {}],
    ['paused', { ended: false }],
    ['held', { ended: false, paused: false }],
    ['escalated', { ended: false, paused: false, outage: { ...down, escalated: true } }],
    ['retrying', { ended: false, paused: false, outage: down }],
    ['initializing', { ended: false, paused: false, outage: null }],
    ['syncing', { ended: false, paused: false, outage: null, initialized: true }],
    ['pending', { ...quiet, pendingChanges: 1 }],
    ['synced', quiet],
  ])('is %s', (state, facts) => {
    expect(streamState({ ...everything, ...facts })).toBe(state);
  });

  it('is held only if a person must decide, and admins are notified of that at once', () => {
    for (const code of heldCodes) {
      expect(personCodes).toContain(code);
      expect(streamState({ ...quiet, outage: { code, escalated: true } })).toBe('held');
    }
  });
});

describe('the difference between two trees', () => {
  const file = (path: string, blobId: string) => ({
    path,
    blobId,
    content: Buffer.from(blobId),
    owner: 'project',
  });
  const rendered = new Map(
    [file('b', '2'), file('a', '1'), file('c', '3')].map((f) => [f.path, f]),
  );

  it('is what must be written and removed, in the order of the paths', () => {
    const present = new Map([
      ['z', '9'],
      ['b', 'old'],
      ['c', '3'],
      ['d', '4'],
    ]);
    const { written, removed } = treeDifference(rendered, present);
    expect(written.map(({ path }) => path)).toEqual(['a', 'b']);
    expect(removed).toEqual(['d', 'z']);
  });

  it('keeps files that may not be removed', () => {
    const present = new Map([
      ['theirs', '9'],
      ['ours', '8'],
    ]);
    expect(treeDifference(rendered, present, (path) => path === 'ours').removed).toEqual(['ours']);
  });

  it('is empty for a tree and itself', () => {
    const present = new Map([...rendered].map(([path, { blobId }]) => [path, blobId]));
    expect(treeDifference(rendered, present)).toEqual({ written: [], removed: [] });
  });
});

describe('ids', () => {
  it('make the name of a stream, from which a mirror can be found', () => {
    const key = { projectId: '12345', branchId: '1000' };
    expect(mirrorStream(key)).toBe('mirror/12345/1000');
    expect(mirrorOfStream('mirror/12345/1000')).toEqual(key);
    expect(catchUpWorkflowId('12345')).toBe('catch-up/12345');
  });

  it.each(['space/skills', 'mirror/1', 'mirror//1', 'mirror/1/2/3', ''])(
    '%j is not the stream of a mirror',
    (stream) => {
      expect(mirrorOfStream(stream)).toBeNull();
    },
  );

  it.each([
    ['12345', true],
    ['keboola.ex-db_mysql', true],
    ['default', true],
    ['', false],
    ['a/b', false],
    ['..', false],
    ['-x', false],
    ['a b', false],
    ['a\n', false],
    ['x'.repeat(65), false],
  ])('%j fits the pattern: %s', (id, fits) => {
    // As the pattern of a JSON schema: without the flag that lets $ match before a line end.
    expect(new RegExp(idPattern, 'u').test(id)).toBe(fits);
  });

  it('that contain slashes never make the key of another object', () => {
    expect(configKey('1', 'a/b', 'c')).not.toBe(configKey('1', 'a', 'b/c'));
    expect(configKey('1', 'a%2Fb', 'c')).not.toBe(configKey('1', 'a/b', 'c'));
    expect(rowKey('1', 'a', 'b', 'c')).toBe('row/1/a/b/c');
  });

  it('make the key that a change is displayed with', () => {
    const change = {
      projectId: '1',
      branchId: '2',
      type: 'storage_changed' as const,
      componentId: null,
      configId: null,
      versionIdentifier: 'e9',
      version: null,
      author: null,
      occurredAt: '',
      description: null,
    };
    expect(displayKey(change)).toBe('1-2--e9');
  });
});
