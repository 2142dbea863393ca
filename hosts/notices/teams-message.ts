import type { NoticeText } from '../../model/streams/notice.ts';
import { cut } from '../../model/text/outside-text.ts';

/** Teams takes messages of up to 28 KB; what a notice says is much shorter. */
const mostOfParagraph = 3_000;

/**
 * The body for an incoming webhook of Microsoft Teams (Workflows): an Adaptive Card. Names and reasons come from outside, so
 * they are runs of text, in which Teams, unlike in its text blocks, sees no Markdown.
 */
export function teamsMessage({ subject, text }: NoticeText): object {
  const card = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    ...{ type: 'AdaptiveCard', version: '1.4' },
    body: [
      paragraph(subject, { weight: 'Bolder', size: 'Medium' }),
      ...text
        .trim()
        .split('\n\n')
        .map((part) => paragraph(part, {})),
    ],
    msteams: { width: 'Full' },
  };
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
  };
}

function paragraph(text: string, look: object): object {
  const run = { type: 'TextRun', text: cut(text, mostOfParagraph), ...look };
  return { type: 'RichTextBlock', spacing: 'Medium', inlines: [run] };
}
