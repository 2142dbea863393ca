import type { WebhookScheme } from '../../../../model/knowledge/space.ts';
import { hostKindOf, hostPages } from '../../../../model/streams/host-pages.ts';

/** The scheme that the host of a repository is likely to have. */
export function likelyScheme(repositoryUrl: string): WebhookScheme {
  const kind = hostKindOf(repositoryUrl);
  return kind === 'gitlab' || kind === 'gitea' ? kind : 'github';
}

const pages: Record<WebhookScheme, string> = {
  github: 'settings/hooks/new',
  gitlab: '-/hooks',
  gitea: 'settings/hooks/gitea/new',
};

/** The page of the host on which a webhook is added; `null` if it is not known. */
export function webhookPage(repositoryUrl: string, scheme: WebhookScheme): string | null {
  const repository = hostKindOf(repositoryUrl) === scheme ? hostPages(repositoryUrl) : null;
  return repository && `${repository.repository}/${pages[scheme]}`;
}

/** A secret that nobody can guess, of characters that every host accepts. */
export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
