import { isPlaceholder } from './judge-value.ts';
import type { Span, TextRule } from './text-rule.ts';

/** Values that stand for a password in examples and in the settings of a machine of one's own. */
const usual = new Set([
  ...['password', 'passwd', 'passwort', 'pass', 'pwd', 'pw', 'secret', 'token', 'key', 'user'],
  ...['username', 'root', 'admin', 'test', 'guest', 'none', 'null', 'true', 'false', 'mypassword'],
]);

/** A reference to a variable, in the ways of shells, templates and formats. */
const variable =
  /^\$|\$[{(]|\{\{|^\{.*\}$|^<.*>$|^\[.*\]$|^\[(?:secret|left)$|%[A-Za-z_]+%|^%\(|^%s$|^:|^(.)\1*$/;

function isPassword(value: string, user = ''): boolean {
  if (value.length < 4 || variable.test(value) || isPlaceholder(value)) return false;
  const said = value.toLowerCase();
  return !usual.has(said) && said !== user.toLowerCase();
}

/**
 * `scheme://user:password@host` (RFC 3986, 3.2.1), also with `/` written as `\/`; and `token:x-oauth-basic@`. A scheme begins
 * where a word begins, so that each is looked at once.
 */
const address =
  /(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{1,40}:(?:\\{0,3}\/){2}(?<user>[^\s:/@"'`?#\\]{0,200}):(?<password>[^\s/"'`?#\\]{1,300})@(?=[^\s/@])/dg;

/** Passwords in addresses. */
const addressRule: TextRule = {
  id: 'password-in-address',
  anchor: /:\\{0,3}\/\\{0,3}\/[^\s/"'`?#]{1,500}@/,
  find: (text) =>
    [...text.matchAll(address)].flatMap(({ indices, groups = {} }) => {
      const { user = '', password = '' } = groups;
      const [from, which]: [string, 'user' | 'password'] =
        password === 'x-oauth-basic' ? [user, 'user'] : [password, 'password'];
      const span = spanOf(indices?.groups?.[which]);
      return span !== null && isPassword(from, which === 'user' ? '' : user) ? [span] : [];
    }),
};

/** `;Password=…` of ODBC and ADO, and `?password=…` of JDBC. */
const setting =
  /[;?&]\s{0,4}(?:password|passwd|pwd|private_key_file_pwd)\s{0,4}=\s{0,4}(?<password>[^;&\s"'`\\,)]{1,200})/dgi;

/** Passwords in connection strings. */
const settingRule: TextRule = {
  id: 'password-in-connection',
  anchor: /[;?&]\s{0,4}(?:passw|pwd|private_key_file_pwd)/i,
  find: (text) =>
    [...text.matchAll(setting)].flatMap(({ indices, groups = {} }) => {
      const span = spanOf(indices?.groups?.password);
      return span !== null && isPassword(groups.password ?? '') ? [span] : [];
    }),
};

function spanOf(range: [number, number] | undefined): Span | null {
  return range === undefined ? null : { start: range[0], end: range[1] };
}

/** Passwords that stand where a format has them. */
export const passwordRules: readonly TextRule[] = [addressRule, settingRule];
