import { vi } from 'vitest';

export interface Asked {
  method: string;
  path: string;
  headers: Headers;
  body: unknown;
}

type Answer = { status?: number; json?: unknown };

/** Answers `fetch` by `"METHOD /path?query"` and remembers what was asked. What has no answer is a 404 problem. */
export function fakeServer(answers: Record<string, Answer | ((asked: Asked) => Answer)>): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const text = await request.text();
    const one: Asked = {
      method: request.method,
      path: url.pathname.replace('/api/v1', '') + url.search,
      headers: request.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
    asked.push(one);
    const found = answers[`${one.method} ${one.path}`];
    const answer = typeof found === 'function' ? found(one) : (found ?? { status: 404, json: { status: 404 } });
    const status = answer.status ?? 200;
    return new Response(status === 204 ? null : JSON.stringify(answer.json), {
      status,
      headers: { 'Content-Type': status >= 400 ? 'application/problem+json' : 'application/json' },
    });
  });
  return asked;
}
