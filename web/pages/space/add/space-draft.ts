import type { paths } from '../../../api/schema.ts';
import { readKept, withoutSecrets } from '../../enable/kept.ts';

/**
 * What a person has chosen of a new space so far. It is kept while the tab is open, so it never has a token in it: that is
 * only in the field of its step, until it is stored.
 */
export interface SpaceDraft {
  url: string;
  branch: string;
  root: string;
  /** The id of a stored credential, `none` or `new`; empty: not chosen yet. */
  credential: string;
  newCredential: { name: string; username: string };
  /** Whether the repository was checked as it is now. */
  isChecked: boolean;
  name: string;
  /** Empty: made of the name. */
  id: string;
  index: boolean;
  emails: string[];
}

/** The draft of somebody who has chosen nothing. */
export const emptySpaceDraft: SpaceDraft = {
  ...{ url: '', branch: 'main', root: 'knowledge', credential: '' },
  newCredential: { name: '', username: '' },
  isChecked: false,
  ...{ name: '', id: '', index: true, emails: [] },
};

/** A draft from what was kept. */
export function parseSpaceDraft(text: string | null): SpaceDraft {
  return readKept(emptySpaceDraft, text);
}

/** A draft as it may be kept. */
export function keptSpaceDraft(draft: SpaceDraft): SpaceDraft {
  return { ...draft, url: withoutSecrets(draft.url) };
}

/** The body that adds a space. */
export type SpaceBody = paths['/v1/spaces']['post']['requestBody']['content']['application/json'];

/** What is sent to add the space of a draft that is complete. */
export function spaceBody(draft: SpaceDraft): SpaceBody {
  const { name, url, branch, index, emails } = draft;
  return {
    ...{ id: idOf(draft), name: name.trim() },
    repository: { url: url.trim(), branch: branch.trim(), credentialId: credentialIdOf(draft) },
    root: rootOf(draft),
    rules: { index, notify: { emails } },
  };
}

/** The stored credential of a draft; `null` if there is none. */
export function credentialIdOf({ credential }: SpaceDraft): string | null {
  return credential === 'none' || credential === 'new' || credential === '' ? null : credential;
}

/** The folder of a draft, without slashes around it. */
export function rootOf({ root }: SpaceDraft): string {
  return root.trim().replace(/^\/+|\/+$/g, '');
}

/** The id of a draft: what somebody has given, or else what the name becomes in an address. */
export function idOf({ id, name }: Pick<SpaceDraft, 'id' | 'name'>): string {
  if (id.trim() !== '') return id.trim();
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 64);
}
