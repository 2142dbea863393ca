import { Anchor } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { texts } from '../../texts/index.ts';
import { projectQuery, type MirrorPath } from './mirror-queries.ts';
import classes from './back-to-mirror.module.css';

/** The way back from what a mirror holds to the mirror. */
export function BackToMirror({ project, branch }: MirrorPath) {
  const { data } = useQuery(projectQuery(project));
  return (
    <Anchor
      size="sm"
      className={classes.link}
      renderRoot={(props) => (
        <Link {...props} to="/mirrors/$project/$branch" params={{ project, branch }} />
      )}
    >
      <IconArrowLeft size={16} aria-hidden /> {texts.commit.back(data?.name ?? project)}
    </Anchor>
  );
}
