import { cut, oneLine } from '../../model/text/outside-text.ts';

/**
 * What an answer says is wrong, in a line of limited length and without the secret; empty if it says nothing. GitHub and Gitea have
 * `message`, GitHub also `errors`, GitLab `message` (a text, a list or an object) or `error`.
 */
export function saidWords(body: unknown, secret: string): string {
  if (typeof body !== 'object' || body === null) return '';
  const said = ['message', 'error', 'error_description', 'errors'].flatMap((field) => {
    const value: unknown = field in body ? body[field as keyof typeof body] : null;
    if (value === null || value === '') return [];
    return [(typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 2_000)];
  });
  const text = said.join(' / ');
  return cut(oneLine(secret === '' ? text : text.replaceAll(secret, '…')), 500);
}
