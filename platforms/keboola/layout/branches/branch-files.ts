import type { PlatformBranch } from '../../../../model/platform/project.ts';
import { projectKey } from '../../../../model/platform/object-key.ts';
import { descriptionText } from '../../../tree/description.ts';
import type { BranchNode } from '../layout.ts';
import type { DraftFile } from '../../../tree/tree-builder.ts';

const projectDescription = 'KBC.projectDescription';

/** A branch's own files. The default branch also has the project's description. */
export function branchFiles({ key, path, branch }: BranchNode, root: string): DraftFile[] {
  const files: DraftFile[] = [
    {
      path: `${path}/meta.json`,
      owner: key,
      content: new Map<string, string | boolean>([
        ['name', branch.name],
        ['isDefault', branch.isDefault],
      ]),
    },
    { path: `${path}/description.md`, owner: key, content: descriptionText(branch.description) },
  ];
  if (branch.isDefault) {
    const description = branch.metadata.findLast(({ key }) => key === projectDescription);
    files.push({
      path: `${root === '' ? '' : `${root}/`}description.md`,
      owner: projectKey,
      content: descriptionText(description?.value ?? ''),
    });
  }
  return files;
}

/** The metadata that the manifest lists: all of it, except what has its own file. */
export function branchMetadata(branch: PlatformBranch): PlatformBranch['metadata'] {
  if (!branch.isDefault) return branch.metadata;
  return branch.metadata.filter(({ key }) => key !== projectDescription);
}
