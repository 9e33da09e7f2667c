import { createWriteStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip, type Gzip } from 'node:zlib';

/** Takes the bytes of one new file, chunk by chunk. */
export interface ByteSink {
  /** Resolves when the chunk's memory may be used again. */
  write(chunk: Uint8Array): Promise<void>;
  /** Resolves when the file is complete. */
  close(): Promise<void>;
  /** Gives the file up and frees what it holds; never throws. */
  abandon(): Promise<void>;
}

class PlainSink implements ByteSink {
  private readonly handle: FileHandle;

  constructor(handle: FileHandle) {
    this.handle = handle;
  }

  async write(chunk: Uint8Array): Promise<void> {
    for (let done = 0; done < chunk.length; ) {
      done += (await this.handle.write(chunk, done)).bytesWritten;
    }
  }

  close(): Promise<void> {
    return this.handle.close();
  }

  async abandon(): Promise<void> {
    await this.handle.close().catch(() => undefined);
  }
}

class GzipSink implements ByteSink {
  private readonly gzip: Gzip = createGzip();
  private readonly written: Promise<void>;

  constructor(path: string) {
    this.written = pipeline(this.gzip, createWriteStream(path, { flags: 'wx' }));
    this.written.catch(() => undefined);
  }

  async write(chunk: Uint8Array): Promise<void> {
    const taken = new Promise<void>((resolve, reject) => {
      this.gzip.write(chunk, (error) => (error ? reject(error) : resolve()));
    });
    // When the file fails, the pipeline knows why; the compressor only knows that it was cut off.
    await taken.catch(() => this.written);
  }

  close(): Promise<void> {
    this.gzip.end();
    return this.written;
  }

  async abandon(): Promise<void> {
    this.gzip.destroy();
    await this.written.catch(() => undefined);
  }
}

/** Opens a file that must not exist yet, compressed on the way if `gzip` is set. */
export async function openSink(path: string, gzip: boolean): Promise<ByteSink> {
  return gzip ? new GzipSink(path) : new PlainSink(await open(path, 'wx'));
}
