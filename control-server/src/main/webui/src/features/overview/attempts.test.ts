import { describe, expect, it } from 'vitest';
import { daysOf, roundUp } from './attempts';

describe('attempts', () => {
  it('are summed over channels, day by day', () => {
    const days = daysOf({
      from: '2026-11-21T15:00:00Z',
      seconds: 86_400,
      stretches: 2,
      channels: [
        { name: 'CLIPBOARD', attempts: [1, 2], stopped: [0, 1] },
        { name: 'MEDIA', attempts: [10, 20], stopped: [5, 6] },
      ],
      divisions: [],
      otherDivisions: 0,
    });
    expect(days.map(({ attempts, stopped }) => [attempts, stopped])).toEqual([
      [11, 5],
      [22, 7],
    ]);
    expect(days[1]?.at.toISOString()).toBe('2026-11-22T15:00:00.000Z');
  });

  it('are drawn below a round number', () => {
    expect([0, 1, 3, 7, 10, 11, 480, 501].map(roundUp)).toEqual([1, 1, 5, 10, 10, 20, 500, 1000]);
  });
});
