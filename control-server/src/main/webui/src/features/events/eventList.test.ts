import { describe, expect, it } from 'vitest';
import type { SekishoEvent } from '../../api/model';
import { merge, MOST_SHOWN, passes, type EventFilter } from './eventList';

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
const all: EventFilter = { terminal: '', kind: '', channel: '', verdict: '', severity: '', user: '', rule: '', q: '' };

describe('live events', () => {
  it('are shown once each, newest first', () => {
    expect(merge([event(3), event(2)], [event(2), event(1)]).map((one) => one.seq)).toEqual([3, 2, 1]);
  });

  it('of two terminals with the same number are two', () => {
    expect(merge([event(1)], [event(1, { terminal: 'u' })])).toHaveLength(2);
  });

  it('never fill the memory', () => {
    const many = Array.from({ length: MOST_SHOWN + 50 }, (_, index) => event(index));
    const shown = merge(many, []);
    expect(shown).toHaveLength(MOST_SHOWN);
    expect(shown[0]?.seq).toBe(MOST_SHOWN + 49);
  });

  it('pass every filter that is set', () => {
    expect(passes(event(1), all)).toBe(true);
    expect(passes(event(1, { verdict: 'BLOCK' }), { ...all, verdict: 'BLOCK' })).toBe(true);
    expect(passes(event(1, { verdict: 'ALLOW' }), { ...all, verdict: 'BLOCK' })).toBe(false);
    expect(passes(event(1), { ...all, user: 'yamada' })).toBe(false);
    expect(passes(event(1), { ...all, q: 'firefox' })).toBe(true);
    expect(passes(event(1), { ...all, q: 'chrome' })).toBe(false);
  });
});
