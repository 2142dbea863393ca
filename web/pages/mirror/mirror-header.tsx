import { useQuery } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PageHeader } from '../../parts/page-header.tsx';
import { texts } from '../../texts/index.ts';
import classes from './mirror-header.module.css';
import { projectQuery, type MirrorPath } from './mirror-queries.ts';
import { useMirrorNews } from './use-mirror-news.ts';

const { mirror: words, contents, health, runs, settings } = texts;

const pages = [
  { to: '/mirrors/$project/$branch', label: words.status, of: [undefined, 'commits'] },
  { to: '/mirrors/$project/$branch/contents', label: contents.title, of: ['contents', 'object'] },
  { to: '/mirrors/$project/$branch/runs', label: runs.title, of: ['runs'] },
  { to: '/mirrors/$project/$branch/lineage', label: contents.lineage, of: ['lineage'] },
  { to: '/mirrors/$project/$branch/health', label: health.title, of: ['health'] },
  { to: '/mirrors/$project/$branch/settings', label: settings.title, of: ['settings'] },
] as const;

/** The head of each page of a mirror: what is shown, of which mirror, and the way to its other pages. */
export function MirrorHeader({
  path,
  title,
  ...more
}: {
  path: MirrorPath;
  title: string;
  badge?: ReactNode;
  /** Defaults to the mirror's project and branch. */
  detail?: ReactNode;
  actions?: ReactNode;
}) {
  useMirrorNews(path);
  const { data: project } = useQuery(projectQuery(path.project));
  const here = useRouterState({ select: ({ location }) => location.pathname.split('/')[4] });
  return (
    <>
      <PageHeader
        title={title}
        detail={words.of(project?.name ?? path.project, path.branch)}
        {...more}
      />
      <nav aria-label={words.pages} className={classes.pages}>
        {pages.map(({ to, label, of }) => (
          <Link
            key={to}
            to={to}
            params={{ ...path }}
            className={classes.page}
            // Otherwise all pages would be below the first one.
            activeOptions={{ exact: true, includeSearch: false }}
            aria-current={of.some((one) => one === here) ? 'page' : undefined}
          >
            {label}
          </Link>
        ))}
      </nav>
    </>
  );
}
