/** What tests ask of the emulator itself, under `/emulator`. */
import { checkFault, type Faults } from './faults.js';
import { type Answer, json } from './reply.js';
import { jsonBody, type Request } from './request.js';
import { type Account, endSession } from './router.js';

export const CONTROL = '/emulator';

export async function control(request: Request, faults: Faults, account: Account): Promise<Answer> {
  const { sessions, statements } = account;
  switch (`${request.method} ${request.url.pathname}`) {
    case 'GET /emulator/log':
      return json(200, statements.log);
    case 'DELETE /emulator/log':
      statements.log.length = 0;
      return json(200, []);
    case 'GET /emulator/sessions':
      return json(
        200,
        sessions.open.map(({ id, user, parameters, engine: { isInTransaction = false } }) => ({
          id,
          user,
          parameters,
          isInTransaction,
        })),
      );
    case 'DELETE /emulator/sessions':
      await Promise.all(sessions.open.map((session) => endSession(account, session)));
      return json(200, []);
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
        message:
          'GET or DELETE /emulator/log, GET or DELETE /emulator/sessions, GET, POST or DELETE /emulator/faults',
      });
  }
}
