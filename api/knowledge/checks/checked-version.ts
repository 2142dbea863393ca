import { readExamples, type PromptExamples } from '../../../knowledge/checks/read-examples.ts';
import { promptVersion } from '../../../knowledge/checks/prompt-version.ts';
import type { CheckSource } from '../../../model/knowledge/check.ts';
import { joinedPrompt, textSource, type FindAt, type TextSource } from '../prompts/joined-text.ts';
import type { EntryAt, SpaceAt } from '../refs/space-at.ts';

/** A prompt with its examples, and the name of everything that its text is made of. */
export interface CheckedVersion {
  /** The prompt without the examples that are checks. */
  source: TextSource;
  examples: PromptExamples;
  version: string;
  /** Its blocks and includes. */
  sources: CheckSource[];
}

/**
 * The version of a prompt that is checked, with what its examples are; `null` if it has no example that is meant to be a check.
 * Throws 422 if the text cannot be joined.
 */
export async function checkedVersion(
  entry: EntryAt,
  at: SpaceAt,
  find: FindAt,
): Promise<CheckedVersion | null> {
  const whole = textSource(entry);
  const examples = readExamples(whole.body, whole.fields);
  if (examples.examples.length === 0 && examples.faults.length === 0) return null;
  const source = { ...whole, body: examples.text };
  const joined = await joinedPrompt(source, at, find);
  const blocks = joined.blocks.map(sourceOf);
  const includes = joined.includes.map(sourceOf);
  const version = promptVersion({ prompt: sourceOf(whole), blocks, includes });
  return { source, examples, version, sources: [...blocks, ...includes] };
}

function sourceOf({ entry: { space, id, blob, commit } }: TextSource): CheckSource {
  return { space, id, blob, commit };
}
