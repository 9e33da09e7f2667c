/**
 * Where files go that a driver puts into an internal stage. The emulator plays a bucket of Google's: of the three stores a
 * driver knows, that one alone takes an address without TLS.
 */
import { randomBytes } from 'node:crypto';
import { NotEmulated } from '../engine.js';
import { isFileTransfer, type PutCommand, parsePut } from './put-command.js';
import type { Answer } from './reply.js';
import type { Request } from './request.js';
import type { Session } from './sessions.js';

export const UPLOADS = '/stage-files';

interface Upload {
  readonly session: Session;
  readonly command: PutCommand;
  readonly token: string;
}

export class Uploads {
  readonly #open = new Map<string, Upload>();

  /**
   * What the driver is told about a PUT; undefined for other statements.
   *
   * @throws NotEmulated for GET, for a PUT that cannot be read, and if the engine takes no files.
   */
  begin(session: Session, sql: string, origin: string): Readonly<Record<string, unknown>> | undefined {
    if (!isFileTransfer(sql)) return undefined;
    const command = parsePut(sql);
    if (!command) throw new NotEmulated(`this file transfer: ${sql.trim()}`);
    if (!session.engine.putFile) throw new NotEmulated('PUT with this engine');
    const [id, token] = [randomBytes(9).toString('base64url'), randomBytes(24).toString('base64url')];
    this.#open.set(id, { session, command, token });
    return {
      command: 'UPLOAD',
      src_locations: [command.source],
      parallel: command.parallel,
      autoCompress: command.autoCompress,
      sourceCompression: command.sourceCompression,
      overwrite: command.overwrite,
      encryptionMaterial: null,
      presignedUrls: null,
      stageInfo: {
        locationType: 'GCS',
        location: `${id}/`,
        path: '',
        region: 'us-central1',
        endPoint: `${origin}${UPLOADS}`,
        creds: { GCS_ACCESS_TOKEN: token },
        presignedUrl: null,
      },
    };
  }

  /** Takes a file, or says that there is none of its name: whether one is there already only the engine could tell. */
  async handle(request: Request): Promise<Answer> {
    const [id, ...parts] = request.url.pathname.slice(UPLOADS.length + 1).split('/');
    const upload = this.#open.get(id ?? '');
    if (!upload || request.headers.authorization !== `Bearer ${upload.token}`) return plain(401);
    if (request.method !== 'PUT') return plain(404);
    const { session, command } = upload;
    const file = decodeURIComponent(parts.join('/'));
    const name = command.folder === '' ? file : `${command.folder}/${file}`;
    await session.engine.putFile?.(command.stage, name, request.body);
    return plain(200);
  }

  /** Ends the uploads of a session. */
  end(session: Session): void {
    for (const [id, upload] of this.#open) if (upload.session === session) this.#open.delete(id);
  }
}

const plain = (status: number): Answer => ({ status, headers: {}, body: '' });
