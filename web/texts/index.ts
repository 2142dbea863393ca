import { access } from './access.ts';
import { common } from './common.ts';
import { home } from './home.ts';
import { mirror } from './mirror.ts';
import { shell } from './shell.ts';
import { signIn } from './sign-in.ts';
import { space } from './space.ts';
import { stream } from './stream.ts';

/** Every text of the console, in English. A page has its own file here. */
export const texts = { access, common, home, mirror, shell, signIn, space, stream };
