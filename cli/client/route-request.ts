/** The names of the parameters in a path such as `/v1/spaces/:space`. */
type NamesIn<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | NamesIn<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

/**
 * A request to a route: the parameters that its path names, the query and the body, which is sent
 * as JSON. Whatever is `undefined` is not sent, nor is a parameter of the query that is `null`.
 */
export type RouteRequest<Route extends string> = Record<NamesIn<Route>, string> & {
  query?: Record<string, string | null | undefined>;
  body?: unknown;
};

/**
 * The method, and the path with its query, of a request to a route such as `GET /v1/spaces/:space`.
 * This is the one place that encodes parameters.
 */
export function addressOf<Route extends string>(
  route: Route,
  request: RouteRequest<Route>,
): { method: string; path: string } {
  const [method = '', template = ''] = route.split(' ');
  const path = template.replace(/:(\w+)/g, (_, name: NamesIn<Route>) =>
    encodeURIComponent(request[name]),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(request.query ?? {}))
    if (value != null) query.set(name, value);
  return { method, path: query.size === 0 ? path : `${path}?${query.toString()}` };
}
