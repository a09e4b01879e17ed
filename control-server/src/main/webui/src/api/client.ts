import createClient, { type Middleware } from 'openapi-fetch';
import { ProblemError, type ProblemDocument } from './problem';
import type { paths } from './schema.gen';

/** Milliseconds without a hand on keyboard or mouse after which a request counts as the page's own. */
const ATTENDED = 60_000;
const SAFE = new Set(['GET', 'HEAD']);

let csrf: string | null = null;

/** The server binds each change to the session by this token (header `X-Sekisho-Csrf`). */
export function bindCsrfToken(token: string | null): void {
  csrf = token;
}

/** For what goes another way than {@link client}. */
export function csrfToken(): string | null {
  return csrf;
}

let lastInput = Date.now();
for (const input of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart']) {
  window.addEventListener(input, () => (lastInput = Date.now()), { passive: true, capture: true });
}

const guard: Middleware = {
  onRequest({ request }) {
    // A page that refreshes itself must not keep the session of a person who has left from ending.
    if (Date.now() - lastInput > ATTENDED) {
      request.headers.set('X-Sekisho-Unattended', '1');
    }
    if (!SAFE.has(request.method) && csrf !== null) {
      request.headers.set('X-Sekisho-Csrf', csrf);
    }
    return request;
  },
  async onResponse({ response }) {
    if (response.ok) {
      return undefined;
    }
    throw new ProblemError(response.status, await problemOf(response));
  },
};

async function problemOf(response: Response): Promise<ProblemDocument> {
  if (response.headers.get('Content-Type')?.startsWith('application/problem+json') === true) {
    return problemIn(await response.text(), response.status);
  }
  return { status: response.status };
}

/** What a text says as a problem. */
export function problemIn(text: string, status: number): ProblemDocument {
  try {
    return JSON.parse(text) as ProblemDocument;
  } catch {
    // A cut-off answer; the status says enough.
    return { status };
  }
}

/** Typed by the server's OpenAPI document. Throws {@link ProblemError} for every answer that isn't 2xx. */
export const client = createClient<paths>({
  baseUrl: window.location.origin,
  credentials: 'same-origin',
  // Looked up at each request, so that tests can put their own in its place.
  fetch: (request) => globalThis.fetch(request),
});
client.use(guard);

/**
 * The body of an answer, as the model knows it; an answer without one where one is promised is the server's fault. Requests are
 * checked against the server's document by the compiler; of answers the document leaves much open, so that the model is
 * believed here and nowhere else.
 */
export async function read<T>(answer: Promise<{ data?: unknown }>): Promise<T> {
  const { data } = await answer;
  if (data === undefined) {
    throw new ProblemError(0, { title: 'The server sent an empty answer' });
  }
  return data as T;
}
