import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MovingRate } from '../../src/output/moving-rate.js';

describe('a moving rate', () => {
  it('is unknown at first', () => {
    const rate = new MovingRate();
    expect(rate.at(5)).toBeUndefined();
    rate.add(0, 5);
    expect(rate.at(100)).toBeUndefined();
  });

  it('of what grows evenly is that, however often one looks', () => {
    const steps = fc.array(fc.integer({ min: 1, max: 4000 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 1000 }), (milliseconds, perSecond) => {
        const rate = new MovingRate();
        let now = 0;
        rate.add(0, now);
        for (const step of milliseconds) {
          now += step / 1000;
          rate.add(now * perSecond, now);
        }
        if (now < 1) expect(rate.at(now)).toBeUndefined();
        else expect(rate.at(now)).toBeCloseTo(perSecond, 6);
      }),
    );
  });
});
