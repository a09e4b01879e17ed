import type { EventHistogram } from '../../api/model';

/** A stretch of time, in milliseconds. */
export interface Stretch {
  from: number;
  to: number;
}

export interface Bar extends Stretch {
  count: number;
  stopped: number;
}

/** All stretches between the histogram's ends, those without events too. */
export function barsOf(histogram: EventHistogram): Bar[] {
  const length = histogram.seconds * 1000;
  const counted = new Map(histogram.items.map((item) => [Date.parse(item.at), item]));
  const known = histogram.items[0];
  const start = Date.parse(histogram.from);
  const end = Date.parse(histogram.to);
  // Stretches begin at the caller's midnight, which any item shows; without items it doesn't matter.
  const phase = (known === undefined ? start : Date.parse(known.at)) % length;
  const bars: Bar[] = [];
  for (let at = Math.floor((start - phase) / length) * length + phase; at < end; at += length) {
    const item = counted.get(at);
    bars.push({ from: at, to: at + length, count: item?.count ?? 0, stopped: item?.stopped ?? 0 });
  }
  return bars;
}

/** The stretches between two of them, whichever comes first. */
export function between(bars: readonly Bar[], one: number, other: number): Stretch | undefined {
  const first = bars[Math.min(one, other)];
  const last = bars[Math.max(one, other)];
  return first === undefined || last === undefined ? undefined : { from: first.from, to: last.to };
}
