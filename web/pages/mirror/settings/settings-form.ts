import type { Mirror } from '../../../api/types.ts';

/** The settings of a mirror as a form has them: a list is a list of lines, a number may still be text. */
export interface SettingsForm {
  url: string;
  branch: string;
  subdirectory: string;
  credentialId: string | null;
  secrets: Mirror['secrets'];
  secretsInText: Mirror['secretsInText'];
  allowedPaths: string[];
  allowedFingerprints: string[];
  volatile: boolean;
  branchPath: Mirror['branchPath'];
  samples: boolean;
  rows: number | string;
  formats: string[];
  maxBytes: number | string;
  refresh: string;
  exclude: string[];
  /** `key` or `key=value`. */
  excludeMetadata: string[];
  personalDataTags: string[];
  maskedColumns: string[];
  jobs: boolean;
  retainDays: number | string;
  include: Mirror['jobs']['include'];
  backfillDays: number | string;
  link: string[];
  gitBranch: string;
  emails: string[];
  /** Ids of channels. */
  channels: string[];
  /** Both empty: Gitward. */
  committerName: string;
  committerEmail: string;
  subjectPrefix: string;
  subjectSuffix: string;
  pushOptions: string[];
  noReply: boolean;
  attributes: boolean;
  drift: Mirror['drift'];
  /** What the form has no fields for. */
  others: {
    authors: Mirror['commits']['authors'];
    newBranch: Mirror['newBranch'];
  };
}

/** What a form begins with. */
export function settingsForm(mirror: Mirror): SettingsForm {
  const { repository, samples, jobs, developmentBranches, notify, commits } = mirror;
  return {
    ...repository,
    secrets: mirror.secrets,
    secretsInText: mirror.secretsInText,
    allowedPaths: mirror.allowedSecrets.paths,
    allowedFingerprints: mirror.allowedSecrets.fingerprints,
    volatile: mirror.storage.volatile,
    branchPath: mirror.branchPath,
    samples: samples.enabled,
    rows: samples.rows,
    formats: samples.formats,
    maxBytes: samples.maxBytes,
    refresh: samples.refresh,
    exclude: samples.exclude,
    excludeMetadata: samples.excludeMetadata.map(({ key, value }) =>
      value === null ? key : `${key}=${value}`,
    ),
    personalDataTags: samples.personalDataTags,
    maskedColumns: samples.mask.columns,
    jobs: jobs.enabled,
    retainDays: jobs.retainDays,
    include: jobs.include,
    backfillDays: jobs.backfillDays ?? '',
    link: developmentBranches.link,
    gitBranch: developmentBranches.gitBranch,
    ...{ emails: notify.emails, channels: notify.channels },
    committerName: commits.committer?.name ?? '',
    committerEmail: commits.committer?.email ?? '',
    subjectPrefix: commits.subjectPrefix,
    subjectSuffix: commits.subjectSuffix,
    pushOptions: commits.pushOptions,
    noReply: commits.noReply,
    attributes: mirror.attributes,
    drift: mirror.drift,
    others: {
      authors: commits.authors,
      newBranch: mirror.newBranch,
    },
  };
}

/** What a request says: all settings, since those that are left out would get their defaults. */
export function settingsBody(form: SettingsForm) {
  return {
    repository: {
      url: form.url.trim(),
      branch: form.branch.trim(),
      subdirectory: form.subdirectory.trim(),
      credentialId: form.credentialId,
    },
    secrets: form.secrets,
    secretsInText: form.secretsInText,
    allowedSecrets: { paths: form.allowedPaths, fingerprints: form.allowedFingerprints },
    samples: {
      enabled: form.samples,
      rows: numberOf(form.rows),
      formats: form.formats as ('csv' | 'json')[],
      exclude: form.exclude,
      excludeMetadata: form.excludeMetadata.map(metadataOf),
      personalDataTags: form.personalDataTags,
      mask: { columns: form.maskedColumns },
      refresh: form.refresh.trim(),
      maxBytes: numberOf(form.maxBytes),
    },
    jobs: {
      enabled: form.jobs,
      retainDays: numberOf(form.retainDays),
      include: form.include,
      ...(form.backfillDays !== '' && { backfillDays: numberOf(form.backfillDays) }),
    },
    storage: { volatile: form.volatile },
    branchPath: form.branchPath,
    developmentBranches: { link: form.link, gitBranch: form.gitBranch.trim() },
    notify: { emails: form.emails, channels: form.channels },
    commits: {
      committer:
        form.committerName === '' && form.committerEmail === ''
          ? null
          : { name: form.committerName.trim(), email: form.committerEmail.trim() },
      subjectPrefix: form.subjectPrefix,
      subjectSuffix: form.subjectSuffix,
      pushOptions: form.pushOptions,
      authors: form.others.authors,
      noReply: form.noReply,
    },
    attributes: form.attributes,
    drift: form.drift,
    newBranch: form.others.newBranch,
  };
}

/** Whether two forms would send the same. */
export function isSame(one: SettingsForm, other: SettingsForm): boolean {
  return JSON.stringify(settingsBody(one)) === JSON.stringify(settingsBody(other));
}

/** No number is sent as none, and refused by the API beside its field. */
function numberOf(value: number | string): number {
  return value === '' ? 0 : Number(value);
}

function metadataOf(text: string): { key: string; value: string | null } {
  const at = text.indexOf('=', 1);
  return at === -1
    ? { key: text, value: null }
    : { key: text.slice(0, at), value: text.slice(at + 1) };
}
