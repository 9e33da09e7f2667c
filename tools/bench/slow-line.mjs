/** A line to a server that lets so many bytes through a second, whatever the machine could do. */
import { connect, createServer } from 'node:net';

/** What may go ahead of its time, in seconds: timers are no finer. */
const SLACK = 0.005;

/**
 * @param {string} endpoint of an http server on this machine
 * @param {number} bytesPerSecond of all connections together, towards the client
 * @returns {Promise<{ endpoint: string, close: () => void }>}
 */
export async function slowLine(endpoint, bytesPerSecond) {
  const { hostname, port } = new URL(endpoint);
  const sockets = new Set();
  let free = 0;
  const line = createServer((client) => {
    const server = connect(Number(port), hostname);
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ]) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroySoon();
      });
    }
    client.pipe(server);
    server.on('data', (chunk) => {
      const now = performance.now() / 1000;
      free = Math.max(free, now) + chunk.length / bytesPerSecond;
      const isTaken = client.write(chunk);
      if (isTaken && free - now < SLACK) return;
      server.pause();
      const resume = () => setTimeout(() => server.resume(), Math.max(free * 1000 - performance.now(), 0));
      if (isTaken) resume();
      else client.once('drain', resume);
    });
  });
  await new Promise((resolve) => line.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${line.address().port}`,
    close: () => {
      line.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
