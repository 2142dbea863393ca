import type { NoticeText } from '../../model/streams/notice.ts';
import { cut } from '../../model/text/outside-text.ts';

/** Slack's limits for the text of a header and of a section. See docs.slack.dev/reference/block-kit/blocks. */
const most = { header: 150, section: 3_000 };

/**
 * The body for an incoming webhook of Slack. Names and reasons come from outside, so everything is plain text, in which
 * Slack sees neither links nor mentions; only the fallback for notifications is not, and there its three marks are escaped.
 */
export function slackMessage({ subject, text }: NoticeText): object {
  return {
    text: escaped(subject),
    blocks: [
      { type: 'header', text: plain(subject, most.header) },
      ...text
        .trim()
        .split('\n\n')
        .map((part) => ({ type: 'section', text: plain(part, most.section) })),
    ],
  };
}

function plain(text: string, length: number): object {
  return { type: 'plain_text', text: cut(text, length), emoji: false };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
