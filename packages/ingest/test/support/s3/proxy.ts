import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** What goes wrong with one request. */
export type Trouble =
  /** The store's place is taken by this answer. */
  | {
      readonly type: 'answer';
      readonly status: number;
      readonly code: string;
      /** In place of an error's XML. */
      readonly page?: string;
      readonly headers?: Record<string, string>;
      readonly message?: string;
    }
  /** The connection breaks after so many bytes of the body; -1: before there is an answer. */
  | { readonly type: 'reset'; readonly after: number }
  /** Nothing more comes after so many bytes of the body, and the connection stays; -1: not even an answer. */
  | { readonly type: 'stall'; readonly after: number }
  /** The body ends as if it were complete. */
  | { readonly type: 'truncate'; readonly after: number }
  /** The answer comes with other headers; undefined leaves one out. */
  | { readonly type: 'retell'; readonly headers: Record<string, string | undefined> }
  /** One byte of the body is another. */
  | { readonly type: 'corrupt'; readonly at: number };

/** A request as it comes to the proxy. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** How many requests came before it. */
  readonly index: number;
}

export interface TroubledProxy {
  readonly endpoint: string;
  readonly requests: readonly Seen[];
  /** Bytes of bodies that have gone to the client. */
  readonly bytes: number;
}

/**
 * A proxy in front of a store that makes trouble. What is signed, the host above all, goes through unchanged.
 *
 * @param trouble asked for each request before it goes to the store
 */
export async function troubledProxy(
  store: string,
  trouble: (request: Seen) => Trouble | undefined | Promise<Trouble | undefined>,
): Promise<TroubledProxy> {
  const requests: Seen[] = [];
  let bytes = 0;
  const server = createServer(async (incoming, response) => {
    const { method = '', url = '', headers } = incoming;
    const seen = { method, path: url, headers: headers as Seen['headers'], index: requests.length };
    requests.push(seen);
    const found = await trouble(seen);
    if (found?.type === 'answer') answer(response, found, method);
    else if ((found?.type === 'reset' || found?.type === 'stall') && found.after < 0) {
      if (found.type === 'reset') incoming.socket.resetAndDestroy();
    } else {
      forward(store, incoming, response, found, (count) => {
        bytes += count;
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    get bytes() {
      return bytes;
    },
  };
}

function answer(
  response: ServerResponse,
  { status, code, headers = {}, message = 'No.', page }: Trouble & { type: 'answer' },
  method: string,
): void {
  response.writeHead(status, { 'content-type': 'application/xml', ...headers });
  response.end(
    method === 'HEAD' ? '' : (page ?? `<Error><Code>${code}</Code><Message>${message}</Message></Error>`),
  );
}

function forward(
  store: string,
  incoming: IncomingMessage,
  response: ServerResponse,
  trouble: Trouble | undefined,
  count: (bytes: number) => void,
): void {
  const { hostname, port } = new URL(store);
  const { method, url: path, rawHeaders } = incoming;
  const outgoing = request(
    { hostname, port, method, path, headers: rawHeaders, setHost: false },
    (answered) => {
      const headers = { ...answered.headers };
      if (trouble?.type === 'retell') Object.assign(headers, trouble.headers);
      // Without a length a body is over when it ends.
      if (trouble?.type === 'truncate') delete headers['content-length'];
      const told = Object.entries(headers).filter(([, value]) => value !== undefined);
      response.writeHead(answered.statusCode ?? 500, Object.fromEntries(told));
      response.flushHeaders();
      let done = 0;
      const limit = trouble && 'after' in trouble ? trouble.after : Number.POSITIVE_INFINITY;
      answered.on('data', (chunk: Buffer) => {
        const bytes = Buffer.from(chunk.subarray(0, Math.max(limit - done, 0)));
        if (trouble?.type === 'corrupt' && trouble.at >= done && trouble.at < done + bytes.length) {
          bytes[trouble.at - done]! ^= 1;
        }
        done += bytes.length;
        count(bytes.length);
        if (!response.write(bytes)) {
          answered.pause();
          response.once('drain', () => answered.resume());
        }
        if (done < limit) return;
        answered.destroy();
        if (trouble?.type === 'reset') setTimeout(() => incoming.socket.resetAndDestroy(), 20);
        if (trouble?.type === 'truncate') response.end();
      });
      answered.on('end', () => response.end());
      answered.on('error', () => undefined);
      response.on('close', () => answered.destroy());
    },
  );
  outgoing.on('error', () => incoming.socket.destroy());
  incoming.pipe(outgoing);
}
