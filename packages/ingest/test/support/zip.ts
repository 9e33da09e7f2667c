import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipOptions {
  /** 0: stored, 8: deflated, others are written but mean nothing. */
  readonly method?: number;
  readonly encrypted?: boolean;
  /** What the archive says of each file, where that is not the truth. */
  readonly crc?: number;
  readonly size?: number;
}

export type ZipFiles = readonly (readonly [name: string, content: string | Uint8Array])[];

/** A zip archive of files in this order; a name that ends in a slash is a folder's. */
export function zipOf(files: ZipFiles, options: ZipOptions = {}): Buffer {
  const { method = 8, encrypted = false } = options;
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of files) {
    const plain = Buffer.from(content as string);
    const data = method === 8 ? deflateRawSync(plain) : plain;
    const nameBytes = Buffer.from(name);
    // From the version needed to the length of the extra field: the same in both headers.
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(0x800 | (encrypted ? 1 : 0), 2);
    facts.writeUInt16LE(method, 4);
    facts.writeUInt32LE((1 << 21) | (1 << 16), 6);
    facts.writeUInt32LE(options.crc ?? crc32(plain), 10);
    facts.writeUInt32LE(data.length, 14);
    facts.writeUInt32LE(options.size ?? plain.length, 18);
    facts.writeUInt16LE(nameBytes.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), facts, nameBytes, data]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, rest, nameBytes);
    pieces.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...pieces, central, end]);
}
