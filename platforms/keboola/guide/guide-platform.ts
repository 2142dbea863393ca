const hostName = /^[A-Za-z0-9.-]+(?::[0-9]+)?$/;

/** The chapter on the platform's API, MCP server and SDKs, with links to their public documentation. */
export function platformChapter(apiHost: string): string[] {
  // The host comes from the source. Anything that is not a host name must not become part of a URL.
  const host = hostName.test(apiHost) ? apiHost : '<stack>';
  return [
    '## The platform itself',
    '',
    'Use the platform for what is not here (the complete data of tables, logs of runs), and for every change.',
    '',
    `- **API.** \`https://${host}/v2/storage\`, with a token in the header \`X-StorageApi-Token\`. Its index lists the addresses of the`,
    '  stack’s other services. [All APIs](https://developers.keboola.com/overview/api/),',
    '  [Storage API](https://developers.keboola.com/integrate/storage/api/),',
    '  [configurations](https://developers.keboola.com/integrate/storage/api/configurations/),',
    '  [tokens](https://help.keboola.com/management/project/tokens/). Ask for a token that can do no more than the task needs.',
    '- **MCP server**, for agents: reads and queries tables, changes configurations, runs jobs.',
    '  [Documentation](https://help.keboola.com/ai/mcp-server/), [source](https://github.com/keboola/mcp-server).',
    '- **SDKs.** Python: [kbcstorage](https://github.com/keboola/sapi-python-client). Go:',
    '  [keboola-sdk-go](https://github.com/keboola/keboola-sdk-go). PHP:',
    '  [storage-api-php-client](https://github.com/keboola/storage-api-php-client).',
    '- **CLI.** `configs/` is what [`kbc pull`](https://developers.keboola.com/cli/) writes;',
    '  [what each file contains](https://developers.keboola.com/cli/structure/).',
    '- [Development branches](https://help.keboola.com/components/branches/),',
    '  [encryption](https://developers.keboola.com/overview/encryption/).',
  ];
}
