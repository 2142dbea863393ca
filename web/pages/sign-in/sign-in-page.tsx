import {
  Alert,
  Button,
  Center,
  Code,
  Divider,
  Group,
  Paper,
  PasswordInput,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { ownPath } from '../../../model/access/own-path.ts';
import { api, dataOf } from '../../api/client.ts';
import { sessionKey, sessionQuery } from '../../api/session.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Logo } from '../../shell/logo.tsx';
import { texts } from '../../texts/index.ts';
import { takeCode } from './take-code.ts';

const route = getRouteApi('/sign-in');
const { signIn } = texts;

/** Signing in: by the link that `gitward start` and `gitward sign-in` print, through the company's provider, or with a token. */
export function SignInPage() {
  useDocumentTitle(`${signIn.submit} · ${texts.shell.title}`);
  const { to, problem } = route.useSearch();
  const [code, setCode] = useState(takeCode);
  const [token, setToken] = useState('');
  const client = useQueryClient();
  const router = useRouter();
  const { data: ways, isPending: isAsking } = useQuery({
    queryKey: ['sign-in'],
    queryFn: () => dataOf(api.GET('/v1/sign-in')),
  });
  const { data: session } = useQuery(sessionQuery);
  const goOn = () => router.history.replace(ownPath(to));
  const enter = useMutation({
    mutationFn: (body: { code: string } | { token: string }) =>
      dataOf(api.POST('/v1/session', { body })),
    onSuccess: async () => {
      // What somebody else may have read before is not for whoever signed in now.
      client.clear();
      await client.invalidateQueries({ queryKey: sessionKey });
      goOn();
    },
  });
  // A link that is opened where this page is open already loads nothing.
  useEffect(() => {
    const take = () => {
      const next = takeCode();
      if (next !== null) setCode(next);
    };
    window.addEventListener('hashchange', take);
    return () => window.removeEventListener('hashchange', take);
  }, []);
  const { mutate } = enter;
  const sent = useRef<string | null>(null);
  useEffect(() => {
    // Somebody else's link must not make a person act under another name without knowing.
    if (code === null || session !== null) return;
    // It works only once, and while developing React runs every effect twice.
    if (sent.current === code) return;
    sent.current = code;
    mutate({ code });
  }, [code, session, mutate]);

  const provider = ways?.openIdConnect ?? null;
  return (
    <Center mih="100dvh" p="md" component="main">
      <Paper withBorder p="xl" w="100%" maw="26rem">
        <Stack>
          <Stack gap="xs" align="center">
            <Logo size={44} />
            <Title order={1} size="h3">
              {signIn.title}
            </Title>
          </Stack>
          {problem !== undefined && (
            <Alert color="red" title={signIn.providerRefused} role="alert">
              {signIn.problems[problem] ?? signIn.otherProblem}
            </Alert>
          )}
          {session != null && !enter.isPending && (
            <Alert>
              <Text size="sm" mb="xs">
                {signIn.alreadyAs(session.caller.name)}
              </Text>
              <Group gap="xs">
                <Button onClick={goOn}>{signIn.stay(session.caller.name)}</Button>
                {code !== null && (
                  <Button variant="default" onClick={() => mutate({ code })}>
                    {signIn.replace}
                  </Button>
                )}
              </Group>
            </Alert>
          )}
          {enter.isPending && <Text ta="center">{signIn.signingIn}</Text>}
          {enter.error && (
            <ProblemAlert
              error={enter.error}
              {...(code !== null && token === '' && { title: signIn.linkRefused })}
            />
          )}
          {!isAsking && (
            <>
              {provider !== null && (
                <>
                  <Button
                    component="a"
                    size="md"
                    href={`/v1/sign-in/open-id-connect?${new URLSearchParams({ to: to ?? '/' })}`}
                  >
                    {signIn.with(provider.name)}
                  </Button>
                  <Divider label={signIn.or} />
                </>
              )}
              <form
                onSubmit={(event) => {
                  event.preventDefault();
                  enter.mutate({ token: token.trim() });
                }}
              >
                <Stack gap="sm">
                  <PasswordInput
                    label={signIn.token}
                    description={signIn.tokenHint}
                    value={token}
                    onChange={(event) => setToken(event.currentTarget.value)}
                    autoComplete="off"
                    required
                    withAsterisk={false}
                    autoFocus={provider === null && code === null}
                  />
                  <Button
                    type="submit"
                    variant={provider === null ? 'filled' : 'default'}
                    loading={enter.isPending}
                  >
                    {signIn.withToken}
                  </Button>
                </Stack>
              </form>
              <Text size="sm" c="dimmed">
                {signIn.linkHint}
              </Text>
              <Code block>{signIn.command}</Code>
            </>
          )}
        </Stack>
      </Paper>
    </Center>
  );
}
