import type { Command } from 'commander';
import type { ApiClient } from '../../../client/api-client.ts';
import { asClient, type ClientIo } from '../../../client/client-command.ts';
import { limited } from '../../../client/number-option.ts';
import { reviewFacts, reviewText, reviewsTable, type Review } from './review-text.ts';

interface VerdictOptions {
  comment?: string;
  head?: string;
}

/** Adds `gitward knowledge reviews …`. */
export function addKnowledgeReviews(knowledge: Command, io: ClientIo): void {
  const reviews = knowledge
    .command('reviews')
    .description('changes that others approve before they are saved');

  asClient(
    limited(
      reviews
        .command('list', { isDefault: true })
        .description('list reviews, newest first')
        .argument('<space>')
        .option('--entry <entry>', 'only those that change this entry')
        .option('--all', 'also those that have ended'),
      50,
    ),
    io,
    async (
      client,
      space: string,
      { all, entry, limit }: { all?: boolean; entry?: string; limit: number },
    ) => {
      const query = { entry, state: all === true ? undefined : 'under_way' };
      const items = await client.list('GET /v1/spaces/:space/reviews', { space, query }, limit);
      return { json: items, text: reviewsTable(items) };
    },
  );

  asClient(
    ofReview(
      reviews.command('show').description('what changes, who said what, what is missing'),
    ).option('--text', 'the whole text of each file as it is proposed, not only what changes'),
    io,
    async (client, space: string, review: string, { text: whole }: { text?: boolean }) => {
      const one = { space, review };
      const shown = await client.send('GET /v1/spaces/:space/reviews/:review', one);
      if (whole !== true) return { json: shown, text: reviewText(shown) };
      const items = [];
      for (const item of shown.items) items.push(await withText(client, one, item));
      return { json: { ...shown, items }, text: reviewText({ ...shown, items }, { whole }) };
    },
  );

  const verdicts = [
    ['approve', 'approve what a review changes', 'Approved'],
    [
      'request-changes',
      'ask for changes: it is not merged until you approve it',
      'Asked for changes',
    ],
    ['withdraw', 'take back what you said about a review', 'Taken back'],
  ] as const;
  for (const [verb, description, done] of verdicts)
    asClient(
      ofReview(reviews.command(verb).description(description))
        .option('--comment <text>', 'what others should know')
        .option(
          '--head <commit>',
          'the version that you saw, as `show` prints it; if it has changed since, nothing is said (default: as it is now)',
        ),
      io,
      async (client, space: string, review: string, { comment, head }: VerdictOptions) => {
        const one = { space, review };
        const seen = await client.send('GET /v1/spaces/:space/reviews/:review', one);
        const said = head ?? seen.head;
        if (said === null)
          return {
            json: seen,
            text: `${reviewText(seen)}\n\nNothing was said: its branch is not there yet. Try again in a few seconds.`,
            exitCode: 1,
          };
        const body = { head: said, comment };
        const route = `POST /v1/spaces/:space/reviews/:review/actions/${verb}` as const;
        const now = await client.send(route, { ...one, body });
        return { json: now, text: `${reviewText(now)}\n\n${done} at ${said.slice(0, 12)}.` };
      },
    );

  asClient(
    ofReview(
      reviews
        .command('dismiss')
        .description(
          'end what somebody stands in the way with: their wish for changes, or that commits name them as an author',
        ),
    )
      .argument('<email>', 'whose')
      .requiredOption('--comment <text>', 'why; it is shown')
      .option('--author', 'that commits name them, so that their approval counts')
      .option('--head <commit>', 'the version that you saw (default: as it is now)'),
    io,
    async (
      client,
      space: string,
      review: string,
      email: string,
      { comment, author, head: seen }: { comment: string; author?: boolean; head?: string },
    ) => {
      const one = { space, review };
      const { head } = await client.send('GET /v1/spaces/:space/reviews/:review', one);
      const body = {
        ...{ email, comment, what: author === true ? 'author' : 'wish' },
        head: seen ?? head,
      };
      const now = await client.send('POST /v1/spaces/:space/reviews/:review/actions/dismiss', {
        ...one,
        body,
      });
      return { json: now, text: `${reviewText(now)}\n\nDismissed.` };
    },
  );

  const wishes = [
    [
      'merge',
      'have a review merged where nobody has to approve it here, such as on a protected branch',
      'It is merged as soon as that is possible.',
    ],
    ['close', 'close a review without merging it', 'It is being closed.'],
  ] as const;
  for (const [verb, description, done] of wishes)
    asClient(
      ofReview(reviews.command(verb).description(description)),
      io,
      async (client, space: string, review: string) => {
        const route = `POST /v1/spaces/:space/reviews/:review/actions/${verb}` as const;
        const now = await client.send(route, { space, review, body: {} });
        return { json: now, text: `${reviewFacts(now)}\n\n${done}` };
      },
    );
}

function ofReview(command: Command): Command {
  return command.argument('<space>').argument('<review>', 'its number');
}

type Item = Review['items'][number];

/** An item with its text: those of a review that goes on, and long ones, have to be asked for. */
async function withText(
  client: ApiClient,
  one: { space: string; review: string },
  item: Item,
): Promise<Item> {
  if (item.text !== null || item.action === 'delete') return item;
  const query = { path: item.path };
  const { items } = await client.send('GET /v1/spaces/:space/reviews/:review', { ...one, query });
  return { ...item, text: items[0]?.text ?? null };
}
