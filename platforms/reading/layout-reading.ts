import type {
  CatalogEntry,
  NamedObject,
  ObjectPlace,
  ObjectPlaces,
  ShownEdge,
  ShownSample,
  ShownIds,
} from '../../model/mirror/reading/shown-object.ts';

/** Makes something of the text of a file. `null` if the text is not what it should be. */
export interface FileParser<T> {
  /** Unique among all parsers: what a file gave is kept under this name and the file's blob id. */
  name: string;
  parse(text: string): T | null;
}

/**
 * The files of one tree of a mirror, as a layout reads them again. Anybody may have written them.
 * What a method returns may be kept and shared: it must not be changed.
 */
export interface TreeFiles {
  /** The branch whose objects the tree has. */
  readonly branchId: string;
  /** What a parser makes of a file; `null` if there is none, or it is too large or not UTF-8. */
  read<T>(path: string, parser: FileParser<T>): Promise<T | null>;
  /**
   * What a parser makes of each file below a folder, by path relative to the folder. A file that gives
   * `null` is left out. `null` if the folder has more than is read.
   */
  readAll<T>(folder: string, parser: FileParser<T>): Promise<ReadonlyMap<string, T> | null>;
  /** What is made of something that another method returned; made once for as long as that is kept. */
  derive<From extends object, T extends object>(from: From, make: (from: From) => T): T;
}

/** What is told of an object besides where it is. */
export interface ObjectFacts {
  name: string | null;
  ids: ShownIds;
}

/** How the trees that a layout wrote are read again: pure, apart from the files that it asks for. */
export interface LayoutReading {
  /** Sorts the files of a tree into objects; only these paths will be asked for. */
  places(tree: TreeFiles, paths: Iterable<string>): Promise<ObjectPlaces>;
  /** The name and ids of an object at a place. */
  describe(place: ObjectPlace, tree: TreeFiles): Promise<ObjectFacts>;
  /** The folder or file of an object; `null` if the tree does not have it. Decided by ids, never by similarity. */
  find(object: NamedObject, tree: TreeFiles): Promise<string | null>;
  /** Other paths at which a part of the object at this path may be. */
  besides(path: string): readonly string[];
  /** Files that change when the object comes or goes, for finding one that is not in a tree. */
  traces(object: NamedObject): readonly string[];
  /** Everything that can be searched for; `null` if the tree has too much of it. */
  catalog(tree: TreeFiles): Promise<readonly CatalogEntry[] | null>;
  /** Why a run failed, in one line, by the file of the run; `null` if it does not say so. */
  runError(path: string, tree: TreeFiles): Promise<string | null>;
  /** The first rows of a table, by the file of its sample; `null` if it is none that we wrote. */
  sample(path: string, tree: TreeFiles): Promise<ShownSample | null>;
  /** All edges of the lineage; `null` if the tree has too many. Absent if the layout has no lineage. */
  lineage?(tree: TreeFiles): Promise<readonly ShownEdge[] | null>;
}
