import { useQuery } from '@tanstack/react-query';
import { api, dataOf } from '../../api/client.ts';
import { useMay } from '../../api/session.ts';

/** The name of a credential; its id for those who may not read it. */
export function CredentialName({ id }: { id: string }) {
  const { data } = useQuery({
    queryKey: ['credentials', 'names'],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/v1/credentials', { params: { query: { limit: 200 } }, signal })),
    staleTime: 60_000,
    enabled: useMay('operator'),
  });
  return data?.items.find((credential) => credential.id === id)?.name ?? id;
}
