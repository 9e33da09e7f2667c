import { describe, expect, it } from 'vitest';
import { type Session, withSession } from '../../src/index.js';

/** A warehouse with one session that tells when it is closed. */
function oneSession() {
  const told: string[] = [];
  const session = { close: async () => told.push('closed') } as unknown as Session;
  return { told, warehouse: { openSession: async () => session } };
}

describe('work with a session', () => {
  it('gives its result once the session is closed', async () => {
    const { told, warehouse } = oneSession();
    const work = async () => {
      await Promise.resolve();
      told.push('worked');
      return 7;
    };
    expect(await withSession(warehouse, work)).toBe(7);
    expect(told).toEqual(['worked', 'closed']);
  });

  it('that fails leaves no session open, at once or later', async () => {
    const { told, warehouse } = oneSession();
    const fail = () => {
      throw new Error('no');
    };
    await expect(withSession(warehouse, fail)).rejects.toThrow('no');
    await expect(withSession(warehouse, async () => fail())).rejects.toThrow('no');
    expect(told).toEqual(['closed', 'closed']);
  });
});
