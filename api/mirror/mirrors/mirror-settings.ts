import type { Db } from '../../../db/connect.ts';
import { holdCredential } from '../../../db/streams/hold-credential.ts';
import { noDevelopmentBranches, type DevelopmentBranches } from '../../../model/mirror/branches.ts';
import type { MirrorPolicy, MirrorRepository } from '../../../model/mirror/mirror.ts';
import { defaultSamples, refreshPace, type SamplesPolicy } from '../../../model/mirror/samples.ts';
import type { AddressPolicy } from '../../http/ports.ts';
import { fieldProblem } from '../../http/problem.ts';
import { checkedAddress, credentialRefused } from '../../streams/repository-refusals.ts';
import { branchNameFault, subdirectoryFault } from '../../streams/repository-rules.ts';
import type { MirrorBody } from './mirror-schema.ts';
import { requireChannels } from '../../streams/channels/notify-schema.ts';

/** The default policy: no data from tables leaves the platform unless someone asks for it. */
const defaults: Required<MirrorPolicy> = {
  secrets: 'encrypted',
  secretsInText: 'mask',
  allowedSecrets: { paths: [], fingerprints: [] },
  samples: defaultSamples,
  jobs: { enabled: true, retainDays: 90, include: 'all', backfillDays: 7 },
  storage: { volatile: false },
  branchPath: 'name',
  notify: { emails: [], channels: [] },
  commits: {},
  attributes: true,
  drift: 'report',
  newBranch: 'default',
};

/**
 * The repository, the policy and the development branches from a body, with defaults; checked
 * against Git's rules, our address policy and the existing credentials. Throws `ApiProblem` 422
 * with the field.
 */
export async function settingsFrom(
  body: Omit<MirrorBody, 'adopt'>,
  { db, addressPolicy }: { db: Db; addressPolicy: AddressPolicy },
): Promise<{
  repository: MirrorRepository;
  policy: MirrorPolicy;
  developmentBranches: DevelopmentBranches;
}> {
  const repository = await repositoryFrom(body.repository, { db, addressPolicy });
  await requireChannels(db, body.notify, '/notify/channels');
  return {
    repository,
    policy: policyFrom(body),
    developmentBranches: developmentBranchesFrom(body.developmentBranches),
  };
}

/**
 * The repository from a body; checked like {@link settingsFrom}, with pointers into the body's `repository`.
 */
export async function repositoryFrom(
  given: MirrorBody['repository'],
  { db, addressPolicy }: { db: Db; addressPolicy: AddressPolicy },
): Promise<MirrorRepository> {
  const url = checkedAddress('/repository/url', () => addressPolicy.checkRepositoryUrl(given.url));
  const { branch, subdirectory = '', credentialId = null } = given;
  const branchFault = branchNameFault(branch);
  if (branchFault !== null) throw fieldProblem('/repository/branch', branchFault);
  const folderFault = subdirectoryFault(subdirectory);
  if (folderFault !== null) throw fieldProblem('/repository/subdirectory', folderFault);
  const refusal = await holdCredential(db, { url, credentialId });
  if (refusal !== null) throw credentialRefused(refusal);
  return { url, branch, subdirectory, credentialId };
}

function policyFrom(body: Omit<MirrorBody, 'adopt'>): MirrorPolicy {
  const { secrets, samples, jobs, storage, branchPath, notify, commits } = body;
  return {
    secrets: secrets ?? defaults.secrets,
    secretsInText: body.secretsInText ?? defaults.secretsInText,
    allowedSecrets: { ...defaults.allowedSecrets, ...body.allowedSecrets },
    samples: samplesFrom(samples),
    jobs: { ...defaults.jobs, ...jobs },
    storage: { ...defaults.storage, ...storage },
    branchPath: branchPath ?? defaults.branchPath,
    notify: { ...defaults.notify, ...notify },
    commits: { ...defaults.commits, ...commits },
    attributes: body.attributes ?? defaults.attributes,
    drift: body.drift ?? defaults.drift,
    newBranch: body.newBranch ?? defaults.newBranch,
  };
}

function samplesFrom(samples: MirrorBody['samples'] = {}): SamplesPolicy {
  const { excludeMetadata, mask, refresh } = samples;
  if (refresh !== undefined && refreshPace(refresh) === null)
    throw fieldProblem(
      '/samples/refresh',
      'is neither "change" nor a duration such as 30m, 6h or 7d (up to 366d)',
    );
  for (const [index, column] of (mask?.columns ?? []).entries()) {
    if (/^:|:$/.test(column))
      throw fieldProblem(
        `/samples/mask/columns/${index}`,
        'lacks a table or a column: write "<table>:<column>" or "<column>", with * for any text',
      );
  }
  return {
    ...defaultSamples,
    ...samples,
    excludeMetadata: (excludeMetadata ?? defaultSamples.excludeMetadata).map(
      ({ key, value = null }) => ({ key, value }),
    ),
    mask: { columns: mask?.columns ?? defaultSamples.mask.columns },
  };
}

function developmentBranchesFrom(
  branches: MirrorBody['developmentBranches'] = {},
): DevelopmentBranches {
  const { link = noDevelopmentBranches.link, gitBranch = noDevelopmentBranches.gitBranch } =
    branches;
  const refuse = (message: string) => fieldProblem('/developmentBranches/gitBranch', message);
  const places = gitBranch.match(/\{[^}]*\}/g) ?? [];
  if (places.length === 0 || places.some((place) => place !== '{branch}' && place !== '{id}'))
    throw refuse('must contain {branch} or {id}, and no other word in braces');
  if (new Set(places).size < places.length)
    throw refuse('may contain {branch} and {id} only once each');
  const fault = branchNameFault(gitBranch.replace('{branch}', 'x').replace('{id}', '1'));
  if (fault !== null) throw refuse(fault);
  return { link, gitBranch };
}
