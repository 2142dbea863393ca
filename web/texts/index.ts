import { access } from './access.ts';
import { audit } from './audit.ts';
import { commit } from './commit.ts';
import { common } from './common.ts';
import { contents } from './contents.ts';
import { credentials } from './credentials.ts';
import { editor } from './knowledge/editor.ts';
import { enable } from './enable.ts';
import { entry } from './knowledge/entry.ts';
import { health } from './health.ts';
import { hold } from './hold.ts';
import { home } from './home.ts';
import { lineage } from './lineage.ts';
import { mirror } from './mirror.ts';
import { openIdConnect } from './open-id-connect.ts';
import { people } from './people.ts';
import { runs } from './runs.ts';
import { sessions } from './sessions.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { signIn } from './sign-in.ts';
import { space } from './space.ts';
import { stream } from './stream.ts';
import { timeline } from './timeline.ts';
import { tokens } from './tokens.ts';

/** Every text of the console, in English. A page has its own file here. */
export const texts = {
  ...{ access, audit, commit, common, contents, credentials, home, lineage, mirror },
  ...{
    editor,
    enable,
    entry,
    health,
    hold,
    openIdConnect,
    people,
    runs,
    sessions,
    settings,
    shell,
    signIn,
  },
  ...{ space, stream, timeline, tokens },
};
