import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import type {
  SecretLintRuleContext,
  SecretLintRuleCreator,
  SecretLintSourceCode,
} from '@secretlint/types';
import { isPlaceholder, isRandom } from './judge-value.ts';
import type { Span, TextRule } from './text-rule.ts';

const prefix = '@secretlint/secretlint-rule-';

/** Rules of the preset that are not used. */
const unused = new Set(
  [
    // The range that it reports begins at the key's name, but is only as long as the value.
    'aws',
    // Reads files of this machine, and reports whole documents.
    'gcp',
    // Knows neither Ed25519, PGP nor encrypted keys, nor one that was cut off.
    'privatekey',
    // Report more than the password: what follows the address in a JSON document, too.
    'basicauth',
    'database-connection-string',
    // Whoever writes the text could switch the guard off in it.
    'filter-comments',
  ].map((name) => prefix + name),
);

/** A rule without an anchor, such as one of a newer version of the preset, looks at every text. */
const anchors: Readonly<Record<string, RegExp>> = {
  '1password': /ops_ey/,
  anthropic: /sk-ant-/,
  github: /gh[opsur]_|github_pat_/,
  linear: /lin_api_/,
  npm: /npm_/,
  openai: /T3BlbkFJ/,
  sendgrid: /SG\./,
  shopify: /shp(?:pa|ca|at|ss)_/,
  slack: /xox[abopr]-|xapp-|hooks\.slack\.com/i,
};

/** The rules of secretlint's recommended preset whose findings are exact enough to be masked. */
export const presetRules: readonly TextRule[] = rules
  .filter(({ meta }) => !unused.has(meta.id))
  .map(ruleOf);

/** Makes a rule once; secretlint's core would make all of them for each text, and keep what it measured. */
function ruleOf(creator: SecretLintRuleCreator): TextRule {
  const id = creator.meta.id.slice(prefix.length);
  let found: Span[] = [];
  const context: SecretLintRuleContext = {
    sharedOptions: {},
    createTranslator: () => () => ({ message: '', messageId: '', data: undefined }),
    report: ({ range: [start, end] }) => found.push({ start, end }),
    ignore: () => undefined,
  };
  const handler = creator.create(context, {});
  return {
    id,
    anchor: anchors[id] ?? /(?:)/,
    find(text) {
      found = [];
      // A rule that answers later would do more than look at the text; those of the preset do not.
      void handler.file?.(plainText(text));
      return found.filter(({ start, end }) => {
        const value = text.slice(start, end);
        return isRandom(value) && !isPlaceholder(value);
      });
    },
  };
}

/** A text whose name says nothing, and of which only ranges are known: no rule that is used asks for more. */
function plainText(content: string): SecretLintSourceCode {
  const refuse = () => {
    throw new Error('Rules say where a secret is by a range, not by lines and columns.');
  };
  return {
    content,
    hasBOM: false,
    filePath: 'text',
    physicalFilePath: undefined,
    contentType: 'text',
    ext: '',
    getFilePath: () => 'text',
    getPhysicalFilePath: () => undefined,
    locationToRange: refuse,
    rangeToLocation: refuse,
    positionToIndex: refuse,
    indexToPosition: refuse,
  };
}
