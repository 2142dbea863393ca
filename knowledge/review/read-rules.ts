import type { JsonValue } from '../../model/knowledge/entry.ts';
import type { ReviewRule } from '../../model/knowledge/review-rules.ts';
import { pointerToken } from '../../model/text/json-pointer.ts';
import { lineAt } from '../front-matter/front-matter.ts';
import {
  BadYaml,
  offsetOfPointer,
  parseYaml,
  type YamlDocument,
} from '../front-matter/yaml-document.ts';
import { checkedRules } from './checked-rules.ts';

/** Something that is wrong with a rules file. */
export interface RulesProblem {
  path: string;
  /** Counted from 1. */
  line: number;
  message: string;
}

/** What a rules file says. One that has any problem says nothing: the rules that were in force before stay. */
export type ReadRules = { rules: ReviewRule[] } | { problems: RulesProblem[] };

const size = { bytes: 64 * 1024, tokens: 20_000 };

/** The key of the rules. Others may come later, so what is not known here is refused. */
const reviewKey = 'review';

/**
 * Reads a rules file (`.gitward/rules.yml`): YAML with a list `review`. `content` is `null` if the file is too large to
 * be read. Any problem makes the whole file unusable, so that a typo never removes a rule.
 */
export function readRules(content: Uint8Array | string | null, path: string): ReadRules {
  const text = textOf(content);
  if (text === null)
    return problem(path, 1, `The file is larger than ${size.bytes / 1024} KiB, or not UTF-8.`);
  let document: YamlDocument;
  try {
    document = parseYaml(text, null, size);
  } catch (error) {
    if (!(error instanceof BadYaml)) throw error;
    return problem(path, lineAt(text, error.offset), `The YAML cannot be read: ${error.message}`);
  }
  const { root, fields } = document;
  const lineOf = (pointer: string) => lineAt(text, offsetOfPointer(root, pointer) ?? 0);
  const unknown = Object.keys(fields).filter((key) => key !== reviewKey);
  if (unknown.length > 0)
    return {
      problems: unknown.map((key) => ({
        ...{ path, line: lineOf(`/${pointerToken(key)}`) },
        message: `The key "${key.slice(0, 100)}" is not known here: the file can have "${reviewKey}", a list of rules.`,
      })),
    };
  const checked = checkedRules(listOf(fields[reviewKey]));
  if ('rules' in checked) return checked;
  return {
    problems: checked.faults
      .map(({ pointer, message }) => ({ path, line: lineOf(`/${reviewKey}${pointer}`), message }))
      .sort((one, other) => one.line - other.line),
  };
}

/** A list that is written as empty (`review:`) has no rules. */
function listOf(value: JsonValue | undefined): JsonValue {
  return value ?? [];
}

function textOf(content: Uint8Array | string | null): string | null {
  if (content === null || content.length > size.bytes) return null;
  if (typeof content === 'string') return content;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return null;
  }
}

function problem(path: string, line: number, message: string): ReadRules {
  return { problems: [{ path, line, message }] };
}
