export type FeedState = 'connecting' | 'open' | 'lost';

export interface FeedListener {
  event: (data: unknown) => void;
  state: (state: FeedState) => void;
  /** The server left events out because this page was too slow. */
  lagged: () => void;
}

/** Longest wait before the next try, in milliseconds. */
const LONGEST_WAIT = 15_000;

/**
 * Follows one of the server's event streams. The browser itself connects again after a break and tells the last id; when it
 * gives up (the server answered with an error) this starts anew, waiting longer each time. Returns what ends it.
 */
export function follow(url: string, type: string, listener: FeedListener): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  const connect = () => {
    listener.state('connecting');
    const current = new EventSource(url);
    source = current;
    current.onopen = () => {
      failures = 0;
      listener.state('open');
    };
    current.addEventListener(type, (message: MessageEvent<string>) => {
      listener.event(JSON.parse(message.data));
    });
    current.addEventListener('lagged', () => listener.lagged());
    current.onerror = () => {
      listener.state('lost');
      if (current.readyState === EventSource.CLOSED) {
        current.close();
        failures += 1;
        timer = setTimeout(connect, Math.min(LONGEST_WAIT, 500 * 2 ** failures));
      }
    };
  };

  connect();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
