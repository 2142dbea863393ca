import { Center, Loader } from '@mantine/core';
import { texts } from '../texts/index.ts';

/** What is shown while a page is being loaded. */
export function PageLoading() {
  return (
    <Center mih="40vh">
      <Loader aria-label={texts.common.loading} />
    </Center>
  );
}
