import { describe, expect, it } from 'vitest';
import { fiscalYear, lastMonth, todayInJapan } from './period';

describe('periods', () => {
  it('are whole months', () => {
    expect(lastMonth('2026-03-15')).toEqual({ from: '2026-02-01', until: '2026-02-28' });
    expect(lastMonth('2026-01-31')).toEqual({ from: '2025-12-01', until: '2025-12-31' });
  });

  it('are fiscal years from April', () => {
    expect(fiscalYear('2026-03-31')).toEqual({ from: '2025-04-01', until: '2026-03-31' });
    expect(fiscalYear('2026-04-01')).toEqual({ from: '2026-04-01', until: '2026-04-01' });
  });

  it('are of days in Japan', () => {
    expect(todayInJapan(new Date('2026-11-21T15:00:00Z'))).toBe('2026-11-22');
  });
});
