import type { Span, TextRule } from './text-rule.ts';

/**
 * The line that a private key begins with (RFC 7468, RFC 9580), and what may follow: the key in base64 with its headers, as
 * lines, as `\n` in a JSON string, or as strings of a program. It ends before the next `-----`.
 */
const key =
  /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?<body>(?:[A-Za-z0-9+/=\s\\"'`,:;.()]|-(?!----)){1,20000})/dg;

/** What no prose has: a line of a key, or most of it. */
const base64Line = /[A-Za-z0-9+/]{40}/;
/** A part of a key: without its last line, it ends with the last of them. */
const base64Part = /[A-Za-z0-9+/]{16,}={0,2}/g;

/** Private keys in PEM: what is between the first and the last line, also if the last one is missing. */
export const privateKeyRule: TextRule = {
  id: 'private-key',
  anchor: /PRIVATE KEY/,
  find: (text) => [...text.matchAll(key)].flatMap((match) => spanOf(text, match) ?? []),
};

function spanOf(text: string, { indices, groups }: RegExpExecArray): Span | null {
  const [start, end] = indices?.groups?.body ?? [0, 0];
  const body = groups?.body ?? '';
  if (!base64Line.test(body) || body.includes('...')) return null;
  if (text.startsWith('-----END', end)) return { start, end };
  const last = [...body.matchAll(base64Part)].at(-1);
  return last === undefined ? null : { start, end: start + last.index + last[0].length };
}
