import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { UsageError } from '@matinee/core';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.parquet': 'application/vnd.apache.parquet',
};

export interface SiteServer {
  /** Where to look at it, such as `http://127.0.0.1:4000/`. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves a site's folder to this machine alone.
 *
 * @param port 0 takes any that is free
 * @throws UsageError SITE_MISSING if there is no site, SITE_PORT if the port is taken.
 */
export async function serveSite(folder: string, port: number): Promise<SiteServer> {
  if (!existsSync(join(folder, 'index.html'))) {
    throw new UsageError('SITE_MISSING', 'There is no site here.', {
      location: { file: folder },
      hint: 'Build it first: matinee site build.',
    });
  }
  const server = createServer((request, response) => {
    const file = fileOf(folder, request.url ?? '/');
    if ((request.method !== 'GET' && request.method !== 'HEAD') || !file) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
      return;
    }
    response.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'content-length': statSync(file).size,
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
    });
    if (request.method === 'HEAD') response.end();
    else createReadStream(file).pipe(response);
  });
  await listen(server, port);
  const address = server.address();
  const taken = typeof address === 'object' && address ? address.port : port;
  return {
    url: `http://127.0.0.1:${taken}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new UsageError('SITE_PORT', `Port ${port} is taken by another program.`, {
              hint: 'Name another one with --port, or 0 for any that is free.',
              cause: error,
            })
          : error,
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}

/** The file behind an address; none outside of the folder. */
function fileOf(folder: string, address: string): string | undefined {
  try {
    const path = normalize(decodeURIComponent(new URL(address, 'http://localhost').pathname));
    const file = join(folder, path.endsWith(sep) ? join(path, 'index.html') : path);
    return file.startsWith(folder + sep) && existsSync(file) && statSync(file).isFile() ? file : undefined;
  } catch {
    return undefined;
  }
}
