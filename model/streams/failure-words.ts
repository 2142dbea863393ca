import type { FailureCode } from './errors.ts';

/** A failure in plain words; neither part names an entry, a file or anything that a host said. */
export interface FailureWords {
  /** What is wrong, as the second half of a sentence: `the host refuses the credential`. */
  because: string;
  /** What a person can do, or that Gitward tries again by itself, as sentences. */
  whatToDo: string;
}

const again = 'Gitward tries again by itself.';
const approve = 'Look at the repository, and approve it if Gitward may write there.';
const smaller =
  'Make the repository smaller, or have an operator raise the limit in the settings, then retry.';

const words: Readonly<Record<FailureCode, FailureWords>> = {
  repository_unreachable: {
    because: 'the repository cannot be reached',
    whatToDo: `Check that its host works. ${again}`,
  },
  repository_timeout: {
    because: 'the repository did not answer in time',
    whatToDo: `Check that its host works. ${again}`,
  },
  repository_not_found: {
    because: 'there is no such repository, or the credential may not see it',
    whatToDo: 'Check the address and the credential, then retry.',
  },
  credential_refused: {
    because: 'the host refuses the credential',
    whatToDo: 'Rotate the credential, or choose another one.',
  },
  credential_origin: {
    because: "the credential is not for the repository's host",
    whatToDo: 'Choose another credential, or store a secret that is for this host.',
  },
  branch_protected: {
    because: 'the host does not let Gitward push to the branch',
    whatToDo: "Let the credential's account push to it, then retry.",
  },
  content_refused: {
    because: 'the host refuses what a commit contains',
    whatToDo: "Correct that where it comes from, or change the host's rules, then retry.",
  },
  push_refused: {
    because: 'the host refuses what Gitward sends',
    whatToDo: "See the details. Change the host's rules for Gitward's account, then retry.",
  },
  branch_name_taken: {
    because: "another branch's name makes this one impossible",
    whatToDo: 'Choose another branch, or remove the other one, then retry.',
  },
  repository_archived: {
    because: 'the repository is archived',
    whatToDo: 'Make it writable again, or choose another one, then retry.',
  },
  repository_unsupported: {
    because: 'the repository is of a kind that Gitward does not support',
    whatToDo: 'Choose another repository, then retry.',
  },
  address_refused: {
    because: "Gitward's settings do not allow its address",
    whatToDo: 'Choose another address, or have an operator allow this one, then retry.',
  },
  push_contended: {
    because: 'others moved the branch at each attempt',
    whatToDo: again,
  },
  repository_error: {
    because: 'git failed for a reason that Gitward does not know',
    whatToDo: `See the details. ${again}`,
  },
  files_changed: {
    because: 'others changed files of the mirror',
    whatToDo: 'Approve the mirror to put them right, or leave them.',
  },
  public_repository: {
    because: 'anybody can read the repository, and personal data would be sent to it',
    whatToDo: 'Make it private, or allow these kinds to be public, then retry.',
  },
  branch_gone: { because: 'the branch is gone from the repository', whatToDo: approve },
  history_lost: { because: "the branch no longer has Gitward's commits", whatToDo: approve },
  foreign_installation: {
    because: 'another installation of Gitward writes to this place',
    whatToDo: approve,
  },
  not_adopted: { because: "there already are somebody else's files", whatToDo: approve },
  mass_removal: {
    because: 'many files would be removed, and nobody reported why',
    whatToDo: `Look at what would go, and approve it if that is right. ${again}`,
  },
  too_many_files: { because: 'the repository has too many files', whatToDo: smaller },
  too_many_commits: { because: 'the repository has too many commits', whatToDo: smaller },
  too_much_text: { because: 'the files of the repository are too large', whatToDo: smaller },
  repository_too_large: { because: 'the repository is too large', whatToDo: smaller },
  reading_too_long: { because: 'reading the repository takes too long', whatToDo: smaller },
  source_unreachable: {
    because: 'the platform cannot be reached',
    whatToDo: `Check that it works. ${again}`,
  },
  source_timeout: {
    because: 'the platform did not answer in time',
    whatToDo: `Check that it works. ${again}`,
  },
  source_token_refused: {
    because: "the platform refuses the project's token",
    whatToDo: 'Give the project a token that may read it.',
  },
  source_not_found: {
    because: 'the platform does not have this project or branch',
    whatToDo: 'Check the project and its token, then retry.',
  },
  source_invalid: {
    because: "the platform's answer cannot be used",
    whatToDo: `See the details. ${again}`,
  },
  internal_error: {
    because: 'something in Gitward itself failed',
    whatToDo: `See the log, and report it. ${again}`,
  },
};

/** A failure's code in plain words, for people who see no log and no command line. */
export function failureWords(code: FailureCode): FailureWords {
  return words[code];
}
