import type { Command } from 'commander';
import type { JsonSchema } from '../../../model/knowledge/entry.ts';
import { ApiRefused, type ApiClient } from '../../client/api-client.ts';
import { asClient, type ClientIo, type Said } from '../../client/client-command.ts';
import type { Answer } from '../../client/answers.ts';
import {
  draftEdit,
  drafting,
  draftNew,
  draftRemoval,
  wantsDraft,
  type DraftOptions,
} from './drafts/write-draft.ts';
import { ofEntry } from './entries.ts';
import {
  bodyFrom,
  changeFrom,
  changing,
  fieldsFrom,
  typedBy,
  type ChangeOptions,
  type EditOptions,
} from './entry-change.ts';
import { entryText, staleText, type Entry } from './entry-text.ts';
import { inReviewText } from './review/in-review.ts';

/** Adds `gitward knowledge add`, `edit`, `move`, `remove` and `restore`. */
export function addKnowledgeSaves(knowledge: Command, io: ClientIo): void {
  asClient(
    saving(
      drafting(
        changing(
          knowledge
            .command('add')
            .description('create an entry')
            .argument('<space>')
            .argument('<kind>', 'its kind, such as customer')
            .option('--title <text>', 'what people call it: its title, or its name')
            .option(
              '--slug <name>',
              'the name of its file, without extension (default: its title)',
            ),
        ),
      ),
    ),
    io,
    async (client, space: string, kind: string, options: AddOptions) => {
      const isDraft = wantsDraft(options);
      const { kinds } = await client.send('GET /v1/spaces/:space', { space });
      const found = kinds.find(({ name }) => name === kind);
      const schema = (found?.schema ?? {}) as JsonSchema;
      const typed = await fieldsFrom(options, () => Promise.resolve({ schema, fields: {} }));
      const { title, slug, message } = options;
      const named = title === undefined ? {} : { [found?.titleField ?? 'title']: title };
      const body = await bodyFrom(options, io);
      const made = { kind, slug, fields: { ...named, ...typed }, body };
      if (isDraft) return draftNew(client, space, options, made);
      return saved(space, null, () =>
        client.send('POST /v1/spaces/:space/entries', {
          space,
          query: queryOf(options),
          body: { ...made, message },
        }),
      );
    },
  );

  asClient(
    fromBase(
      saving(
        drafting(
          changing(
            ofEntry(
              knowledge
                .command('edit')
                .description('change parts of an entry; the rest stays the same, byte for byte'),
            ),
          ),
        ).option(
          '--file <path>',
          'a file with the whole new text, front matter included (-: standard input)',
        ),
      ),
    ),
    io,
    async (client, space: string, entry: string, options: ChangingOptions) => {
      const one = { space, entry };
      if (wantsDraft(options)) return draftEdit(client, one, options, io);
      const change = await changeFrom(options, io, async () =>
        typedBy(client, space, await present(client, one)),
      );
      const base = options.base ?? (await present(client, one)).blob;
      return saved(space, options.base, () =>
        client.send('PUT /v1/spaces/:space/entries/:entry', {
          ...one,
          query: queryOf(options),
          body: { base, ...change, message: options.message },
        }),
      );
    },
  );

  asClient(
    fromBase(
      saving(
        ofEntry(
          knowledge
            .command('move')
            .description("give an entry's file another name; its history follows"),
        ).argument(
          '<new-name>',
          'another name in the same folder, or a path in the repository, as `show` prints it',
        ),
      ),
    ),
    io,
    async (client, space: string, entry: string, newName: string, options: SaveOptions) => {
      const one = { space, entry };
      const base = options.base ?? (await present(client, one)).blob;
      const to = newName.includes('/') ? { path: newName } : { slug: newName };
      return saved(space, options.base, () =>
        client.send('POST /v1/spaces/:space/entries/:entry/actions/move', {
          ...one,
          query: queryOf(options),
          body: { base, ...to, message: options.message },
        }),
      );
    },
  );

  asClient(
    fromBase(
      saving(
        drafting(
          ofEntry(knowledge.command('remove').description('remove an entry; its history is kept')),
        ),
      ),
    ),
    io,
    async (client, space: string, entry: string, options: SaveOptions & DraftOptions) => {
      const one = { space, entry };
      if (wantsDraft(options)) return draftRemoval(client, one, options);
      const base = options.base ?? (await present(client, one)).blob;
      return unlessStale(options.base, async () => {
        const answer = await client.send('DELETE /v1/spaces/:space/entries/:entry', {
          ...one,
          query: { base, wait: waitOf(options), message: options.message },
        });
        return answer === null
          ? { json: { removed: entry }, text: `Removed ${entry}.` }
          : { json: answer, text: inReviewText(space, answer.review) };
      });
    },
  );

  asClient(
    fromBase(
      ofEntry(knowledge.command('restore').description('save an earlier version again'))
        .argument(
          '<commit>',
          'the commit whose version to restore (see gitward knowledge history); its first digits are enough',
        )
        .option('--wait', waitWords),
    ),
    io,
    async (client, space: string, entry: string, commit: string, options: SaveOptions) => {
      const one = { space, entry };
      const base = options.base ?? (await baseOf(client, one));
      return saved(space, options.base, () =>
        client.send('POST /v1/spaces/:space/entries/:entry/actions/restore', {
          ...one,
          query: queryOf(options),
          body: { commit, ...(base === null ? {} : { base }) },
        }),
      );
    },
  );
}

interface SaveOptions {
  confirmSecrets?: string[];
  message?: string;
  wait?: boolean;
  base?: string;
}

interface AddOptions extends SaveOptions, ChangeOptions, DraftOptions {
  title?: string;
  slug?: string;
}

interface ChangingOptions extends SaveOptions, EditOptions, DraftOptions {}

interface One {
  space: string;
  entry: string;
}

const waitWords = 'wait until it is on the remote';

function saving(command: Command): Command {
  return command
    .option('-m, --message <text>', 'the commit message')
    .option('--wait', waitWords)
    .option(
      '--confirm-secrets <fingerprints...>',
      'what was refused as a secret, and may be in Git nevertheless',
    );
}

function fromBase(command: Command): Command {
  return command.option(
    '--base <base>',
    'the version that you saw, as `show` prints it; if the entry has changed since, nothing is saved (default: as it is now)',
  );
}

function queryOf({ confirmSecrets, ...options }: SaveOptions): {
  wait: 'commit' | undefined;
  confirmSecrets: string | undefined;
} {
  return { wait: waitOf(options), confirmSecrets: confirmSecrets?.join(',') };
}

function waitOf({ wait }: SaveOptions): 'commit' | undefined {
  return wait === true ? 'commit' : undefined;
}

function present(client: ApiClient, one: One): Promise<Entry> {
  return client.send('GET /v1/spaces/:space/entries/:entry', one);
}

/** The blob id of an entry's head; `null` if the entry was removed. */
async function baseOf(client: ApiClient, one: One): Promise<string | null> {
  try {
    return (await present(client, one)).blob;
  } catch (error) {
    if (error instanceof ApiRefused && error.status === 404) return null;
    throw error;
  }
}

/** Saves, and shows the entry, or the review that the change is in. */
function saved(
  space: string,
  base: string | null | undefined,
  send: () => Promise<Answer<'PUT /v1/spaces/:space/entries/:entry'>>,
): Promise<Said> {
  return unlessStale(base, async () => {
    const answer = await send();
    const text = 'review' in answer ? inReviewText(space, answer.review) : entryText(answer);
    return { json: answer, text };
  });
}

/**
 * If someone else has saved since the version that the caller started from (`base`, if they named
 * it), shows their version and says what to do.
 */
async function unlessStale(
  base: string | null | undefined,
  save: () => Promise<Said>,
): Promise<Said> {
  try {
    return await save();
  } catch (error) {
    if (!(error instanceof ApiRefused)) throw error;
    const text = staleText(error, base != null);
    if (text === null) throw error;
    return { json: error.problem, text: `${error.message}\n\n${text}`, exitCode: 1 };
  }
}
