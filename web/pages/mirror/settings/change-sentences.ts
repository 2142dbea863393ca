import type { paths } from '../../../api/schema.ts';
import { texts } from '../../../texts/index.ts';

/** What the API says that other settings would do. */
export type ChangePreview =
  paths['/v1/projects/{project}/mirrors/{branch}/preview']['post']['responses'][200]['content']['application/json'];

const words = texts.settings;

/** What would happen, in sentences, the most important first. */
export function changeSentences(preview: ChangePreview): string[] {
  const { resync, moves, repository, commit, sampledTables, adoptionNeeded } = preview;
  const sentences: string[] = [];
  if (repository !== null && !repository.reachable)
    sentences.push(words.unreachable(repository.failure?.message ?? ''));
  else if (repository !== null && repository.pushAllowed !== true)
    sentences.push(words.mayNotPush(repository.pushReason));
  if (repository?.branchProtected === true) sentences.push(words.protected);
  if (resync === null) return [...sentences, words.nothingWritten];
  if (moves) sentences.push(words.moves);
  if (adoptionNeeded === true) sentences.push(words.adoption);
  if (commit === null) return [...sentences, words.notKnown];
  const { adds, replaces, removes, removedRuns, removedSamples } = commit;
  const total = adds.count + replaces.count + removes.count;
  if (total === 0) sentences.push(words.noFileChanges);
  else {
    sentences.push(
      words.files({ rewritten: replaces.count, added: adds.count, removed: removes.count }),
    );
    if (removedRuns > 0) sentences.push(words.removedRuns(removedRuns));
    if (removedSamples > 0) sentences.push(words.removedSamples(removedSamples));
  }
  if (sampledTables > 0) sentences.push(words.sampled(sampledTables));
  return sentences;
}
