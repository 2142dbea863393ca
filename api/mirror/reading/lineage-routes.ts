import {
  configurationNode,
  followLineage,
  lineageGraph,
  storageNode,
  type LineageNode,
} from '../../../model/mirror/reading/lineage-graph.ts';
import type { NamedObject } from '../../../model/mirror/reading/shown-object.ts';
import type { Api } from '../../http/deps.ts';
import { ApiProblem, fieldProblem } from '../../http/problem.ts';
import { MirrorParams } from '../../http/schema-parts.ts';
import { configurationsIn } from './configuration-names.ts';
import { namedObject, objectWords } from './named-object.ts';
import { readMirror, type ReadingDeps } from './open-reading.ts';
import { LineageQuery, LineageView } from './reading-schema.ts';
import { readAt } from './tree-routes.ts';

const mostNodes = 500;
const mostEdges = 2_000;

/** The route that shows where data comes from and where it goes. */
export function addLineageRoutes(api: Api, deps: ReadingDeps): void {
  api.get(
    '/v1/projects/:project/mirrors/:branch/lineage',
    {
      config: { role: 'agent', refuses: [404, 409, 422, 502] },
      schema: {
        tags: ['reading'],
        summary: 'Where the data of a table or configuration comes from, and where it goes',
        description: `As far as the files of the lineage show it. At most ${mostNodes} nodes and ${mostEdges} edges, nearest first.`,
        params: MirrorParams,
        querystring: LineageQuery,
        response: { 200: LineageView },
      },
    },
    async (request) => {
      const { at, direction = 'both', depth = 3, ...named } = request.query;
      const object = namedObject(named);
      const start = nodeOf(object);
      return readMirror(deps, request, async (reading) => {
        const commit = reading.commitAt(at);
        const files = reading.files(commit);
        const { reading: layout } = reading.layout;
        if (layout.lineage === undefined) throw noLineage();
        const edges = await layout.lineage(files);
        if (edges === null) throw tooMuch();
        const graph = files.derive(edges, lineageGraph);
        if (!graph.nodes.has(start.id) && (await layout.find(object, files)) === null)
          throw new ApiProblem(
            404,
            'object_not_found',
            `There is no ${objectWords(object)} in commit ${commit.sha}.`,
          );
        const bounds = { direction, depth, nodes: mostNodes, links: mostEdges };
        const { nodes: found, links, isCut } = followLineage(graph, start, bounds);
        // Edges do not say what their configuration is called, and those of rows not where it is.
        const configurations = await configurationsIn(layout, files);
        const nodes = found.map((node) => {
          const { componentId, configurationId } = node;
          if (componentId === null || configurationId === null) return node;
          const path = node.path ?? configurations.path(componentId, configurationId);
          return { ...node, ...configurations.names(componentId, configurationId), path };
        });
        return { ...readAt(reading, commit), start: start.id, nodes, edges: links, isCut };
      });
    },
  );
}

function nodeOf(object: NamedObject): LineageNode {
  switch (object.kind) {
    case 'configuration':
      return configurationNode(object.componentId, object.configurationId);
    case 'table':
      return storageNode(null, object.tableId.split('.').slice(0, 2).join('.'), object.tableId);
    case 'bucket':
      return storageNode(null, object.bucketId, null);
    case 'row':
      throw fieldProblem('/row', 'has no lineage of its own; ask for its configuration');
  }
}

function noLineage(): ApiProblem {
  const detail = 'The trees of this platform have no lineage.';
  return new ApiProblem(422, 'lineage_missing', detail);
}

function tooMuch(): ApiProblem {
  const detail = 'The lineage has more files than are read. Look at storage/lineage with git.';
  return new ApiProblem(422, 'too_many_files', detail);
}
