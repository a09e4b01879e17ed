/** Days as the server takes them. */
export interface Period {
  from: string;
  until: string;
}

const day = (year: number, month: number, date: number) => new Date(Date.UTC(year, month, date)).toISOString().slice(0, 10);

/** The calendar month before this day's. */
export function lastMonth(today: string): Period {
  const [year, month] = parts(today);
  return { from: day(year, month - 1, 1), until: day(year, month, 0) };
}

/** The fiscal year that this day lies in, April to March, up to the day itself. */
export function fiscalYear(today: string): Period {
  const [year, month] = parts(today);
  return { from: day(month >= 3 ? year : year - 1, 3, 1), until: today };
}

/** Today in Japan, whose days reports are made of. */
export function todayInJapan(now: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(now);
}

/** The year, and the month from 0. */
function parts(date: string): [number, number] {
  return [Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1];
}
