import { access } from './access.ts';
import { audit } from './audit.ts';
import { commit } from './commit.ts';
import { channels } from './installation/channels.ts';
import { checks } from './knowledge/checks.ts';
import { common } from './common.ts';
import { conflicts } from './knowledge/conflicts.ts';
import { contents } from './contents.ts';
import { credentials } from './credentials.ts';
import { editor } from './knowledge/editor.ts';
import { enable } from './enable.ts';
import { entries } from './knowledge/entries.ts';
import { entry } from './knowledge/entry.ts';
import { environments } from './knowledge/environments.ts';
import { health } from './health.ts';
import { hold } from './hold.ts';
import { hostTokens } from './host-tokens.ts';
import { history } from './knowledge/history.ts';
import { home } from './home.ts';
import { imports } from './knowledge/import.ts';
import { installationHealth } from './installation/installation-health.ts';
import { kinds } from './knowledge/kinds.ts';
import { lineage } from './lineage.ts';
import { mirror } from './mirror.ts';
import { newSpace } from './knowledge/new-space.ts';
import { openIdConnect } from './open-id-connect.ts';
import { operations } from './knowledge/operations.ts';
import { people } from './people.ts';
import { prompts } from './knowledge/prompts.ts';
import { reviews } from './knowledge/reviews.ts';
import { runs } from './runs.ts';
import { sessions } from './sessions.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { signIn } from './sign-in.ts';
import { space } from './knowledge/space.ts';
import { spaceSettings } from './knowledge/space-settings.ts';
import { stream } from './stream.ts';
import { templates } from './knowledge/templates.ts';
import { timeline } from './timeline.ts';
import { tokens } from './tokens.ts';

/** Every text of the console, in English. A page has its own file here. */
export const texts = {
  ...{ access, audit, channels, commit, common, contents, credentials, home, lineage, mirror },
  ...{
    enable,
    health,
    hold,
    hostTokens,
    installationHealth,
    openIdConnect,
    people,
    runs,
    sessions,
    settings,
    shell,
    signIn,
  },
  ...{ stream, timeline, tokens },
  ...{
    checks,
    conflicts,
    editor,
    entries,
    entry,
    environments,
    history,
    imports,
    kinds,
    newSpace,
    operations,
    prompts,
    reviews,
    space,
    spaceSettings,
    templates,
  },
};
