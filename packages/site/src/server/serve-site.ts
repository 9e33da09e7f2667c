import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import { UsageError } from '@matinee/core';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.gz': 'application/gzip',
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
 * @throws UsageError SITE_MISSING if there is no site, SITE_PORT if the port is taken or not allowed.
 */
export async function serveSite(folder: string, port: number): Promise<SiteServer> {
  if (!existsSync(join(folder, 'index.html'))) {
    throw new UsageError('SITE_MISSING', 'There is no site here.', {
      location: { file: folder },
      hint: 'Build it first: matinee site build.',
    });
  }
  const server = createServer(answering(folder));
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

function answering(folder: string): RequestListener {
  return (request, response) => {
    if (!isOurName(request.headers.host)) {
      response.writeHead(421, { 'content-type': 'text/plain' }).end('Ask for 127.0.0.1 or localhost');
      return;
    }
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const found = isRead ? read(folder, request.url ?? '/') : undefined;
    if (!found) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
      return;
    }
    const ending = extname(found.file);
    const isZipped = ending !== '.gz' && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
    const content = isZipped ? gzipSync(found.content) : found.content;
    response.writeHead(200, {
      'content-type': TYPES[ending] ?? 'application/octet-stream',
      'content-length': content.length,
      ...(isZipped && { 'content-encoding': 'gzip' }),
      vary: 'accept-encoding',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
    });
    response.end(request.method === 'HEAD' ? undefined : content);
  };
}

/** A page of another site may call this machine by a name of its own, and would read what is here. */
function isOurName(host = ''): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const [isTaken, isRefused] = [error.code === 'EADDRINUSE', error.code === 'EACCES'];
      const what = isTaken ? 'is taken by another program' : 'is kept for the system';
      reject(
        isTaken || isRefused
          ? new UsageError('SITE_PORT', `Port ${port} ${what}.`, {
              hint: 'Name another one with --port, or 0 for any that is free.',
              cause: error,
            })
          : error,
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}

/** The file behind an address, as it is now; none that lies, or leads by a link, outside of the folder. */
function read(
  folder: string,
  address: string,
): { readonly file: string; readonly content: Buffer } | undefined {
  try {
    const path = normalize(decodeURIComponent(new URL(address, 'http://localhost').pathname));
    const file = realpathSync(join(folder, path.endsWith(sep) ? join(path, 'index.html') : path));
    const isInside = file.startsWith(realpathSync(folder) + sep) && statSync(file).isFile();
    return isInside ? { file, content: readFileSync(file) } : undefined;
  } catch {
    return undefined;
  }
}
