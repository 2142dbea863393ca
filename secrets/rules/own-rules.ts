import { isMixed, isPlaceholder, isRandom, isVaried } from './judge-value.ts';
import type { TextRule } from './text-rule.ts';

/**
 * What a pattern looks for, and what it takes for one. The group `secret` is the value; without it, all of the match is.
 * Quantifiers are bounded, and a pattern begins only where a run of its signs begins, so that the time is linear.
 */
interface Pattern {
  id: string;
  anchor: RegExp;
  pattern: RegExp;
  accepts?: (value: string) => boolean;
}

/** A quote, also one inside of a JSON string. */
const quote = String.raw`(?:\\{0,3}["'\x60])?`;
/** What stands between the name and the value of a setting, in code, JSON, YAML or SQL. */
const is = String.raw`${quote}\s{0,10}(?::=|=>|[:=,]|\s)\s{0,10}${quote}`;

const patterns: readonly Pattern[] = [
  {
    // https://developers.keboola.com/overview/api/#authentication: project, token, and 40 letters and digits.
    id: 'keboola-token',
    anchor: /[0-9]-[A-Za-z0-9]{40}/,
    pattern: /(?<![A-Za-z0-9-])[0-9]{1,10}-(?:[0-9]{1,12}-)?[A-Za-z0-9]{40}(?![A-Za-z0-9])/dg,
    accepts: isMixed,
  },
  {
    id: 'aws-key-id',
    anchor: /A[KS]IA/,
    pattern: /(?<![A-Za-z0-9/+])A[KS]IA[A-Z2-7]{16}(?![A-Za-z0-9/+])/dg,
    // ASIA may also begin a name in capitals.
    accepts: (value) => isVaried(value) && (value.startsWith('AKIA') || /[0-9]/.test(value)),
  },
  {
    id: 'aws-secret-key',
    anchor: /secret/i,
    pattern: new RegExp(
      String.raw`secret[_-]?(?:access[_-]?)?key${is}(?<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])`,
      'dgi',
    ),
    accepts: isMixed,
  },
  {
    id: 'anthropic',
    anchor: /sk-ant-/,
    pattern: /(?<![A-Za-z0-9])sk-ant-[a-z]{2,10}[0-9]{2}-[A-Za-z0-9_-]{32,200}/dg,
    accepts: isRandom,
  },
  {
    id: 'openai',
    anchor: /sk-/,
    pattern:
      /(?<![A-Za-z0-9_-])sk-(?:(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{32,250}|[A-Za-z0-9]{48}(?![A-Za-z0-9]))/dg,
    accepts: isMixed,
  },
  {
    id: 'google-api-key',
    anchor: /AIza/,
    pattern: /(?<![A-Za-z0-9_-])AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/dg,
    accepts: isMixed,
  },
  {
    id: 'google-client-secret',
    anchor: /GOCSPX-/,
    pattern: /(?<![A-Za-z0-9_-])GOCSPX-[A-Za-z0-9_-]{28}(?![A-Za-z0-9_-])/dg,
    accepts: isRandom,
  },
  {
    // https://docs.gitlab.com/security/tokens/#token-prefixes
    id: 'gitlab',
    anchor: /gl[a-z]{2,5}-/,
    pattern:
      /(?<![A-Za-z0-9])gl(?:pat|oas|dt|rt|rtr|cbt|ptt|ft|imt|agent|soat|ffct)-[A-Za-z0-9_.-]{20,300}/dg,
    accepts: isRandom,
  },
  {
    // https://docs.stripe.com/keys: those of test mode open nothing.
    id: 'stripe',
    anchor: /_live_|whsec_/,
    pattern: /(?<![A-Za-z0-9])(?:(?:sk|rk)_live_|whsec_)[A-Za-z0-9]{24,250}/dg,
    accepts: isRandom,
  },
  {
    id: 'hugging-face',
    anchor: /hf_/,
    pattern: /(?<![A-Za-z0-9_])hf_[A-Za-z0-9]{34}(?![A-Za-z0-9_])/dg,
    accepts: (value) => /[a-z]/.test(value.slice(3)) && /[A-Z]/.test(value) && isRandom(value),
  },
  {
    id: 'databricks',
    anchor: /dapi/,
    pattern: /(?<![A-Za-z0-9])dapi[a-f0-9]{32}(?:-[0-9])?(?![A-Za-z0-9])/dg,
    accepts: isRandom,
  },
  {
    id: 'pypi',
    anchor: /pypi-AgE/,
    pattern: /(?<![A-Za-z0-9])pypi-AgE[A-Za-z0-9_-]{50,1000}/dg,
  },
  {
    id: 'atlassian',
    anchor: /ATATT3/,
    pattern: /(?<![A-Za-z0-9])ATATT3[A-Za-z0-9_=-]{100,400}/dg,
  },
  {
    id: 'azure-storage-key',
    anchor: /AccountKey/i,
    pattern: /AccountKey=(?<secret>[A-Za-z0-9/+]{86}==)/dgi,
    accepts: isMixed,
  },
  {
    // https://learn.microsoft.com/purview/sit-defn-client-secret-api-key
    id: 'azure-client-secret',
    anchor: /[0-9]Q~/,
    pattern:
      /(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.-]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~-])/dg,
    accepts: isMixed,
  },
  {
    // RFC 7519. A run of such signs is looked at once, from its beginning.
    id: 'jwt',
    anchor: /eyJ/,
    pattern:
      /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,4000}\.eyJ[A-Za-z0-9_-]{10,8000}\.[A-Za-z0-9_-]{16,2000}/dg,
  },
  {
    id: 'authorization-header',
    anchor: /authorization|bearer/i,
    pattern: new RegExp(
      String.raw`(?:authorization${is}(?:basic|bearer|token)|bearer)\s{1,10}(?<secret>[A-Za-z0-9_.~+/-]{20,2000}={0,2})`,
      'dgi',
    ),
    accepts: isMixed,
  },
];

/** Patterns for what the preset does not know, or not exactly enough. */
export const ownRules: readonly TextRule[] = patterns.map(
  ({ id, anchor, pattern, accepts = () => true }) => ({
    id,
    anchor,
    find: (text) =>
      [...text.matchAll(pattern)].flatMap((match) => {
        const [start, end] = match.indices?.groups?.secret ?? [
          match.index,
          match.index + match[0].length,
        ];
        const value = text.slice(start, end);
        return accepts(value) && !isPlaceholder(value) ? [{ start, end }] : [];
      }),
  }),
);
