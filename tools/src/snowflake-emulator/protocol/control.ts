/** What tests ask of the emulator itself, under `/emulator`. */
import { checkFault, type Faults } from './faults.js';
import { type Answer, json } from './reply.js';
import { jsonBody, type Request } from './request.js';
import type { Sessions } from './sessions.js';
import type { Statements } from './statements.js';

export const CONTROL = '/emulator';

export function control(
  request: Request,
  parts: { readonly faults: Faults; readonly sessions: Sessions; readonly statements: Statements },
): Answer {
  const { faults, sessions, statements } = parts;
  switch (`${request.method} ${request.url.pathname}`) {
    case 'GET /emulator/log':
      return json(200, statements.log);
    case 'DELETE /emulator/log':
      statements.log.length = 0;
      return json(200, []);
    case 'GET /emulator/sessions':
      return json(
        200,
        sessions.open.map(({ id, user, parameters }) => ({ id, user, parameters })),
      );
    case 'GET /emulator/faults':
      return json(200, faults.waiting);
    case 'DELETE /emulator/faults':
      faults.clear();
      return json(200, []);
    case 'POST /emulator/faults':
      faults.add(checkFault(jsonBody(request)));
      return json(200, faults.waiting);
    default:
      return json(404, {
        message: 'GET or DELETE /emulator/log, GET /emulator/sessions, GET, POST or DELETE /emulator/faults',
      });
  }
}
