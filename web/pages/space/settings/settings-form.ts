import type { paths } from '../../../api/schema.ts';
import type { Space } from '../../../api/types.ts';

/** What of a space can be changed in its form. */
export interface SpaceForm {
  name: string;
  url: string;
  branch: string;
  root: string;
  /** The id of a credential, or `none`. */
  credential: string;
  index: boolean;
  publicKinds: string[];
  emails: string[];
  /** Ids of channels. */
  channels: string[];
  secretsInText: Space['rules']['secretsInText'];
  allowedPaths: string[];
  allowedFingerprints: string[];
}

/** The form of a space as it is. */
export function spaceForm({ name, repository, root, rules }: Space): SpaceForm {
  return {
    ...{ name, url: repository.url, branch: repository.branch, root },
    credential: repository.credentialId ?? 'none',
    ...{ index: rules.index, publicKinds: rules.publicKinds, emails: rules.notify.emails },
    channels: rules.notify.channels,
    secretsInText: rules.secretsInText,
    allowedPaths: rules.allowedSecrets.paths,
    allowedFingerprints: rules.allowedSecrets.fingerprints,
  };
}

/** The body that changes a space. */
export type SpaceChange =
  paths['/v1/spaces/{space}']['patch']['requestBody']['content']['application/json'];

/**
 * What is sent to change a space from one form to another: only what differs, so that what somebody else has changed
 * meanwhile stays. `null`: nothing differs.
 */
export function spaceChange(before: SpaceForm, now: SpaceForm): SpaceChange | null {
  const differs = (name: keyof SpaceForm) =>
    JSON.stringify(before[name]) !== JSON.stringify(now[name]);
  const repository = {
    ...(differs('url') && { url: now.url.trim() }),
    ...(differs('branch') && { branch: now.branch.trim() }),
    ...(differs('credential') && {
      credentialId: now.credential === 'none' ? null : now.credential,
    }),
  };
  const rules = {
    ...(differs('index') && { index: now.index }),
    ...(differs('publicKinds') && { publicKinds: now.publicKinds }),
    ...((differs('emails') || differs('channels')) && {
      notify: { emails: now.emails, channels: now.channels },
    }),
    ...(differs('secretsInText') && { secretsInText: now.secretsInText }),
    ...((differs('allowedPaths') || differs('allowedFingerprints')) && {
      allowedSecrets: { paths: now.allowedPaths, fingerprints: now.allowedFingerprints },
    }),
  };
  const change = {
    ...(differs('name') && { name: now.name.trim() }),
    ...(Object.keys(repository).length > 0 && { repository }),
    ...(differs('root') && { root: now.root.trim().replace(/^\/+|\/+$/g, '') }),
    ...(Object.keys(rules).length > 0 && { rules }),
  };
  return Object.keys(change).length === 0 ? null : change;
}
