import { streamPath } from '../../../parts/streams/stream-path.ts';

/** Where the thing that was done something to can be seen; `null` if it has no page. */
export function targetPlace(target: string): { to: string; search: Record<string, string> } | null {
  const [kind = '', id] = target.split('/');
  if (target === 'settings/open-id-connect') return { to: '/access/sign-in', search: {} };
  if (id === undefined || id === '') return null;
  switch (kind) {
    case 'person':
      return { to: '/access/people', search: { show: 'all', item: id } };
    case 'token':
      return { to: '/access/tokens', search: { show: 'all', item: id } };
    case 'credential':
      return { to: '/access/credentials', search: { item: id } };
    case 'notice-channel':
      return { to: '/access/notices', search: { item: id } };
    case 'session':
      return { to: '/access/sessions', search: { show: 'all', item: id } };
    default: {
      const to = streamPath(target);
      return to === null ? null : { to, search: {} };
    }
  }
}
