import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import { readAll } from '../../../api/read-all.ts';
import { downloadText } from '../../../parts/knowledge/download-text.ts';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { texts } from '../../../texts/index.ts';
import { troublesCsv } from './troubles-csv.ts';

const { operations: words } = texts;
/** With 200 items each, as many as an operation may have. */
const mostPages = 250;

/** Downloads all items that somebody has to look at, as CSV. */
export function DownloadTroubles({ space, operation }: { space: string; operation: string }) {
  const download = useMutation({
    mutationFn: async () => {
      const items = await readAll(async (page) => {
        const query = { ...page, items: 'failed' } as const;
        const path = { space, operation };
        const { items: read } = await dataOf(
          api.GET('/v1/spaces/{space}/operations/{operation}', { params: { path, query } }),
        );
        return read ?? { items: [], nextCursor: null };
      }, mostPages);
      downloadText(words.downloadName(space), await troublesCsv(items), 'text/csv');
    },
  });
  return (
    <>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconDownload size={14} aria-hidden />}
        loading={download.isPending}
        onClick={() => download.mutate()}
      >
        {words.download}
      </Button>
      {download.error && <ProblemAlert error={download.error} />}
    </>
  );
}
