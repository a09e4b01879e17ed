import { describe, expect, it } from 'vitest';
import { ago, formatTime } from './When';

describe('times', () => {
  it.each([
    [-3_000, 'now'],
    [4_999, 'now'],
    [6_000, '6 seconds ago'],
    [61_000, '1 minute ago'],
    [7_300_000, '2 hours ago'],
    [200_000_000, '2 days ago'],
  ])('%d ms ago is "%s"', (elapsed, expected) => {
    expect(ago(elapsed, 'en', 'now')).toBe(expected);
  });

  it('are written as the reader’s language writes them', () => {
    const date = new Date(2026, 10, 22, 9, 5, 7);
    expect(formatTime(date, 'ja')).toBe('2026/11/22 09:05:07');
    expect(formatTime(date, 'en')).toBe('22/11/2026, 09:05:07');
  });
});
