import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { follow, type FeedState } from './liveFeed';

class FakeSource extends EventTarget {
  static readonly CLOSED = 2;
  static opened: FakeSource[] = [];
  readyState = 0;
  onopen?: () => void;
  onerror?: () => void;
  readonly url: string;
  constructor(url: string) {
    super();
    this.url = url;
    FakeSource.opened.push(this);
  }
  close() {
    this.readyState = FakeSource.CLOSED;
  }
}

describe('a live feed', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    FakeSource.opened = [];
    vi.stubGlobal('EventSource', FakeSource);
  });
  afterEach(() => vi.useRealTimers());

  it('tells events and states, starts anew when the browser gives up, and ends when told', () => {
    const events: unknown[] = [];
    const states: FeedState[] = [];
    const stop = follow('/stream', 'event', {
      event: (data) => events.push(data),
      state: (state) => states.push(state),
      lagged: () => events.push('lagged'),
    });
    const [first] = FakeSource.opened;
    first?.onopen?.();
    first?.dispatchEvent(new MessageEvent('event', { data: '{"seq":1}' }));
    first?.dispatchEvent(new MessageEvent('lagged'));
    expect(events).toEqual([{ seq: 1 }, 'lagged']);

    first?.close();
    first?.onerror?.();
    expect(states).toEqual(['connecting', 'open', 'lost']);
    vi.advanceTimersByTime(60_000);
    expect(FakeSource.opened).toHaveLength(2);

    stop();
    expect(FakeSource.opened[1]?.readyState).toBe(FakeSource.CLOSED);
    vi.advanceTimersByTime(60_000);
    expect(FakeSource.opened).toHaveLength(2);
  });

  it('leaves it to the browser while the browser tries itself', () => {
    follow('/stream', 'event', { event: vi.fn(), state: vi.fn(), lagged: vi.fn() });
    FakeSource.opened[0]?.onerror?.();
    vi.advanceTimersByTime(60_000);
    expect(FakeSource.opened).toHaveLength(1);
  });
});
