import { Button, type ButtonProps } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { Ref } from 'react';
import { texts } from '../../texts/index.ts';
import { importPath } from './paths.ts';

/** Leads to the import; `kind` is what rows and files without a folder are, if that is known. */
export function ImportLink({
  space,
  kind,
  ref,
  ...props
}: { space: string; kind: string | null; ref?: Ref<HTMLAnchorElement> } & ButtonProps) {
  const search = kind === null ? {} : { kind };
  return (
    <Button
      variant="default"
      leftSection={<IconFileImport size={14} aria-hidden />}
      renderRoot={(root) => (
        <Link {...root} ref={ref} to={importPath(space)} search={search as never} />
      )}
      {...props}
    >
      {texts.imports.link}
    </Button>
  );
}
