import { describe, expect, it } from 'vitest';
import type { SekishoEvent } from '../../api/model';
import {
  advance,
  blocksOf,
  EVENT_FILTERS,
  merge,
  MOST_LIVE,
  needsServer,
  NOTHING_LIVE,
  passes,
  searchOf,
  whole,
  type EventFilter,
} from './eventList';
import { barsOf, between } from './histogram';

const event = (seq: number, more: Partial<SekishoEvent> = {}): SekishoEvent => ({
  terminal: 't',
  boot: '',
  seq,
  occurredAt: new Date(seq * 1000).toISOString(),
  receivedAt: '',
  kind: 'ATTEMPT',
  enforced: true,
  labels: [],
  masked: 'Firefox へ',
  count: 1,
  branch: 0,
  chain: 'WHOLE',
  detail: null,
  ...more,
});
const all = Object.fromEntries(EVENT_FILTERS.map((name) => [name, ''])) as EventFilter;

describe('live events', () => {
  it('are shown once each, newest first', () => {
    expect(merge([event(3), event(2)], [event(2), event(1)], 9).map((one) => one.seq)).toEqual([3, 2, 1]);
  });

  it('of two terminals with the same number are two', () => {
    expect(merge([event(1)], [event(1, { terminal: 'u' })], 9)).toHaveLength(2);
  });

  it('never fill the memory', () => {
    const many = Array.from({ length: 250 }, (_, index) => event(index));
    const shown = merge(many, [], 200);
    expect(shown).toHaveLength(200);
    expect(shown[0]?.seq).toBe(249);
  });

  it('are followed by stored ones only while none is missing between', () => {
    const stored = [event(2), event(1)];
    const few = advance(NOTHING_LIVE, [event(4), event(3)], false);
    expect(whole(few, stored).map((one) => one.seq)).toEqual([4, 3, 2, 1]);
    const many = advance(few, Array.from({ length: MOST_LIVE }, (_, index) => event(index + 5)), false);
    expect(whole(many, stored)).toHaveLength(MOST_LIVE);
    expect(whole(many, stored).at(-1)?.seq).toBe(5);
    expect(advance(many, [], false).isCut).toBe(true);
    expect(whole(advance(few, [event(9)], true), stored).map((one) => one.seq)).toEqual([9]);
  });

  it('change only the first part of the list', () => {
    const list = [event(5), event(4), event(3), event(2), event(1)];
    const before = blocksOf(list, 2);
    expect(before.map(({ key, first, events }) => [key, first, events.map((one) => one.seq)])).toEqual([
      [2, 0, [5]],
      [1, 1, [4, 3]],
      [0, 3, [2, 1]],
    ]);
    const after = blocksOf([event(6), ...list], 2);
    expect(after.map(({ key, events }) => [key, events.length])).toEqual([
      [2, 2],
      [1, 2],
      [0, 2],
    ]);
    expect(after.slice(1).map((block) => block.events)).toEqual(before.slice(1).map((block) => block.events));
    expect(blocksOf([], 2)).toEqual([]);
  });

  it('pass every filter that is set', () => {
    expect(passes(event(1), all)).toBe(true);
    expect(passes(event(1, { verdict: 'BLOCK' }), { ...all, verdict: 'BLOCK' })).toBe(true);
    expect(passes(event(1, { verdict: 'ALLOW' }), { ...all, verdict: 'BLOCK' })).toBe(false);
    expect(passes(event(1), { ...all, user: 'yamada' })).toBe(false);
    expect(passes(event(1), { ...all, label: 'my_number' })).toBe(false);
    expect(passes(event(1), { ...all, from: '1970-01-01T00:00:02.000Z' })).toBe(false);
    expect(passes(event(1), { ...all, to: '1970-01-01T00:00:02.000Z' })).toBe(true);
    expect(needsServer({ ...all, verdict: 'BLOCK' })).toBe(false);
    expect(needsServer({ ...all, q: 'firefox' })).toBe(true);
  });
});

describe('a period', () => {
  it('is asked for as a time, the same for a minute', () => {
    const one = searchOf({ ...all, range: '1h' }, 7_200_000);
    expect(one).toEqual(searchOf({ ...all, range: '1h' }, 7_259_999));
    expect(one.from).toBe('1970-01-01T01:00:00.000Z');
    expect('range' in one).toBe(false);
    expect(searchOf({ ...all, range: '1h', to: '1970-01-01T00:00:00.000Z' }, 0).from).toBe('');
  });
});

describe('the histogram', () => {
  const counted = {
    from: '2026-11-26T00:30:00Z',
    to: '2026-11-26T03:30:00Z',
    seconds: 3600,
    exact: true,
    total: 3,
    stopped: 1,
    items: [{ at: '2026-11-26T02:00:00Z', count: 3, stopped: 1 }],
  };

  it('shows the hours without events too', () => {
    expect(barsOf(counted).map((bar) => bar.count)).toEqual([0, 0, 3, 0]);
  });

  it('gives the time between two bars, in either direction', () => {
    const bars = barsOf(counted);
    const expected = { from: Date.parse('2026-11-26T01:00:00Z'), to: Date.parse('2026-11-26T03:00:00Z') };
    expect(between(bars, 1, 2)).toEqual(expected);
    expect(between(bars, 2, 1)).toEqual(expected);
    expect(between([], 0, 0)).toBeUndefined();
  });
});
