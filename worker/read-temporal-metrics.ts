/** More than the SDK's metrics ever are, in bytes. */
const longest = 4 * 1024 * 1024;

/** How long the SDK may take, in milliseconds: it is in this process. */
const patience = 2_000;

/**
 * The metrics of the Temporal SDK, which it serves at this address of ours (see `installRuntime`); `''` if it does not, or
 * if they are too long.
 */
export async function readTemporalMetrics(address: string): Promise<string> {
  try {
    const answer = await fetch(`http://${address}/metrics`, {
      signal: AbortSignal.timeout(patience),
    });
    if (!answer.ok || answer.body === null) return '';
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
      length += chunk.length;
      if (length > longest) return '';
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  } catch {
    return '';
  }
}
