import { describe, expect, it } from 'vitest';
import { fakeServer } from '../test/fakeServer';
import { bindCsrfToken, client, read } from './client';
import { ProblemError } from './problem';

describe('the client', () => {
  it('sends the CSRF token with changes and with nothing else', async () => {
    const asked = fakeServer({
      'GET /server': { json: {} },
      'POST /policies/check': { json: { findings: [] } },
    });
    bindCsrfToken('the-token');
    await client.GET('/api/v1/server');
    await client.POST('/api/v1/policies/check', { body: { yaml: 'x' } });
    expect(asked.map((one) => one.headers.get('X-Sekisho-Csrf'))).toEqual([null, 'the-token']);
  });

  it('turns a problem document into an error that keeps what the server said', async () => {
    fakeServer({ 'GET /server': { status: 409, json: { status: 409, detail: 'changed meanwhile', code: 'stale' } } });
    const failure = await read(client.GET('/api/v1/server')).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProblemError);
    expect((failure as ProblemError).status).toBe(409);
    expect((failure as ProblemError).problem.code).toBe('stale');
  });
});
