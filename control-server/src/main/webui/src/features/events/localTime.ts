/** A time as `<input type="datetime-local">` has it, in the browser's own zone; empty for none. */
export function toLocal(iso: string): string {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) {
    return '';
  }
  const shifted = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

/** And back; empty while it is incomplete. */
export function fromLocal(local: string): string {
  const at = new Date(local).getTime();
  return Number.isNaN(at) ? '' : new Date(at).toISOString();
}
