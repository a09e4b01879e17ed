/** Each line of a stream of newline-delimited JSON, as it comes. Cancels the stream when its reader stops reading. */
export async function* jsonLines<T>(stream: ReadableStream<Uint8Array>): AsyncGenerator<T> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      const parts = (rest + decoder.decode(value, { stream: !done })).split('\n');
      rest = done ? '' : (parts.pop() ?? '');
      for (const part of parts.filter((one) => one.trim() !== '')) {
        yield JSON.parse(part) as T;
      }
      if (done) {
        return;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
