import { type IncomingHttpHeaders, request } from 'node:http';

/** An answer as it came, for tests of what fetch would smooth out: paths as written, HEAD, redirects. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders & { readonly link?: string };
  readonly bytes: Buffer;
  readonly text: string;
}

/** Asks with this very path, which is not normalised, and follows nothing. */
export function rawRequest(
  url: string,
  path: string,
  {
    method = 'GET',
    headers = {},
  }: { readonly method?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const bytes = Buffer.concat(parts);
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          bytes,
          text: bytes.toString(),
        });
      });
    })
      .on('error', reject)
      .end();
  });
}
