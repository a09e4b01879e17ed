/** The end of a last day in the browser's own zone; undefined for none. */
export function endOf(lastDay: string): string | undefined {
  const begin = new Date(`${lastDay}T00:00:00`);
  if (Number.isNaN(begin.getTime())) {
    return undefined;
  }
  begin.setDate(begin.getDate() + 1);
  return begin.toISOString();
}

/** The last day before an end, as `<input type="date">` has it; empty for none. */
export function lastDayOf(end: string | null | undefined): string {
  const at = Date.parse(end ?? '');
  if (Number.isNaN(at)) {
    return '';
  }
  const last = new Date(at - 1);
  return new Date(last.getTime() - last.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

