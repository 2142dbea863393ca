import { verifyMailServer } from '../../parts/mail.ts';
import { fails, ok, reasonOf, type Check } from '../check.ts';

/** Whether the mail server lets Gitward in; no mail is sent. */
export const mailCheck: Check = {
  name: 'mail',
  async look({ config: { smtpUrl, network } }) {
    if (smtpUrl === null) return [ok('No mail server is set: notices go to the log.')];
    const { host } = new URL(smtpUrl);
    try {
      await verifyMailServer(smtpUrl, network);
      return [ok(`The mail server ${host} lets Gitward in.`)];
    } catch (error) {
      return [
        fails(
          `The mail server ${host} cannot be used: ${reasonOf(error)}.`,
          'Correct its address, user and password in GITWARD_SMTP_URL. Mail does not go through an HTTP proxy.',
        ),
      ];
    }
  },
};
