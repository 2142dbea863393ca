import type { ObjectPlace, ObjectPlaces } from '../../../model/mirror/reading/shown-object.ts';
import type { TreeFiles } from '../../reading/layout-reading.ts';
import { manifestPlaces, unlinkedPlaces, type PlacesByFolder } from './manifest-places.ts';
import { pathPlace } from './path-places.ts';

const none: PlacesByFolder = new Map<string, ObjectPlace>();

/** Sorts files by the manifests, in which configurations and rows have their ids. */
export async function keboolaPlaces(tree: TreeFiles): Promise<ObjectPlaces> {
  const { branchId } = tree;
  const linked = await tree.read('configs/.keboola/manifest.json', manifestPlaces(branchId));
  const unlinked = await tree.names('unlinked');
  const beside: PlacesByFolder[] = [];
  for (const name of unlinked.slice(0, mostBranches)) {
    const folder = `unlinked/${name}`;
    const places = await tree.read(`${folder}/manifest.json`, unlinkedPlaces(branchId, folder));
    if (places !== null) beside.push(places);
  }
  const all = [linked ?? none, ...beside];
  return {
    of(path) {
      const parts = path.split('/');
      if (parts[0] === 'configs' || parts[0] === 'unlinked')
        for (let depth = parts.length - 1; depth > 1; depth -= 1) {
          const folder = parts.slice(0, depth).join('/');
          const found = all.find((places) => places.has(folder))?.get(folder);
          if (found !== undefined) return found;
        }
      return pathPlace(branchId, path);
    },
    at(key) {
      for (const places of all) {
        const found = tree.derive(places, byKey).get(key);
        if (found !== undefined) return found;
      }
      return null;
    },
  };
}

function byKey(places: PlacesByFolder): Map<string, ObjectPlace> {
  return new Map([...places.values()].map((place) => [place.key, place]));
}

/** A mirror has one branch; more folders are somebody else's. */
const mostBranches = 3;
