import type { TreeEntry } from '../../../git/clones/reading-types.ts';
import type { Api } from '../../http/deps.ts';
import { pageOf, pageStart } from '../../http/paging.ts';
import { ApiProblem } from '../../http/problem.ts';
import { MirrorParams } from '../../http/schema-parts.ts';
import {
  readMirror,
  type MirrorReading,
  type ReadCommit,
  type ReadingDeps,
} from './open-reading.ts';
import { ownedPath, pathNotFound } from './owned-path.ts';
import { FileQuery, FileView, TreeQuery, TreeView } from './reading-schema.ts';
import { textOf } from './tree-files.ts';

const largestFile = 1024 * 1024;
const tags = ['reading'];
/** A name as Git has it, which may contain anything. */
const anyName = /^[^]{1,4096}$/;

/** Routes that list folders and show files of a mirror. */
export function addTreeRoutes(api: Api, deps: ReadingDeps): void {
  api.get(
    '/v1/projects/:project/mirrors/:branch/tree',
    {
      config: { role: 'agent', refuses: [404, 409, 422, 502] },
      schema: {
        tags,
        summary: 'The entries of a folder at a moment',
        description: 'Shows only the folders that the mirror owns. Links are never followed.',
        params: MirrorParams,
        querystring: TreeQuery,
        response: { 200: TreeView },
      },
    },
    async (request) => {
      const { limit, after } = pageStart(request.query, anyName);
      return readMirror(deps, request, async (reading) => {
        const path = ownedPath(reading, request.query.path ?? '');
        const commit = reading.commitAt(request.query.at);
        const all = await entriesAt(reading, commit, path);
        const start = after === null ? 0 : all.findIndex(({ name }) => name === after) + 1;
        // The cursor of another folder or commit.
        const rows = after !== null && start === 0 ? [] : all.slice(start, start + limit + 1);
        const files = rows.filter(({ type }) => type === 'file');
        const sizes = await reading.clone.sizes(new Set(files.map(({ id }) => id)));
        const page = pageOf(
          rows,
          limit,
          ({ name }) => name,
          (entry) => ({
            name: entry.name,
            path: entry.isUtf8 ? [path, entry.name].filter(Boolean).join('/') : null,
            type: entry.type,
            size: entry.type === 'file' ? (sizes.get(entry.id) ?? null) : null,
          }),
        );
        return { ...readAt(reading, commit), path, ...page };
      });
    },
  );

  api.get(
    '/v1/projects/:project/mirrors/:branch/file',
    {
      config: { role: 'agent', refuses: [404, 409, 413, 422, 502] },
      schema: {
        tags,
        summary: 'A file at a moment',
        description:
          'Files of more than 1 MiB are refused with 413, which says how large they are.',
        params: MirrorParams,
        querystring: FileQuery,
        response: { 200: FileView },
      },
    },
    async (request) =>
      readMirror(deps, request, async (reading) => {
        const path = ownedPath(reading, request.query.path);
        const commit = reading.commitAt(request.query.at);
        const entry =
          path === '' ? null : await reading.clone.entryAt(commit.sha, reading.inRepository(path));
        if (entry === null) throw pathNotFound(reading, path);
        if (entry.type !== 'file') throw notAFile(path, entry.type);
        for await (const { blobId: blob, size, content } of reading.clone.blobs(
          [entry.id],
          largestFile,
        )) {
          if (content === null) throw fileTooLarge(path, size);
          const text = textOf(content);
          const isBinary = text === null;
          return { ...readAt(reading, commit), path, blob, size, isBinary, content: text };
        }
        throw pathNotFound(reading, path);
      }),
  );
}

/** The part of an answer that says what was read. */
export function readAt({ stale }: MirrorReading, { sha, committedAt }: ReadCommit) {
  return { commit: sha, committedAt: committedAt.toISOString(), stale };
}

async function entriesAt(
  reading: MirrorReading,
  { sha }: ReadCommit,
  path: string,
): Promise<TreeEntry[]> {
  const { clone, layout } = reading;
  const entry = await clone.entryAt(sha, reading.inRepository(path));
  if (entry === null && path === '') return [];
  if (entry === null) throw pathNotFound(reading, path);
  if (entry.type !== 'folder') throw notAFolder(path, entry.type);
  const entries = await clone.entriesOf(entry.id);
  return path === '' ? entries.filter(({ name }) => layout.ownedFolders.includes(name)) : entries;
}

const words: Record<TreeEntry['type'], string> = {
  file: 'a file',
  folder: 'a folder',
  symlink: 'a symbolic link, which is not followed',
  submodule: 'a submodule, which is not followed',
};

function notAFile(path: string, type: TreeEntry['type']): ApiProblem {
  const hint = type === 'folder' ? ' GET …/tree lists it.' : '';
  return new ApiProblem(422, 'not_a_file', `${JSON.stringify(path)} is ${words[type]}.${hint}`);
}

function notAFolder(path: string, type: TreeEntry['type']): ApiProblem {
  const hint = type === 'file' ? ' GET …/file shows it.' : '';
  return new ApiProblem(422, 'not_a_file', `${JSON.stringify(path)} is ${words[type]}.${hint}`);
}

function fileTooLarge(path: string, size: number): ApiProblem {
  const detail = `${JSON.stringify(path)} has ${size.toLocaleString('en')} bytes; at most ${largestFile.toLocaleString('en')} are shown. Read it with git.`;
  return new ApiProblem(413, 'file_too_large', detail, [], null, { size });
}
