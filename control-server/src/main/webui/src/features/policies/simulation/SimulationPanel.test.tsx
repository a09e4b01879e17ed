import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { describe, expect, it, vi } from 'vitest';
import { fakeServer } from '../../../test/fakeServer';
import { renderAt } from '../../../test/render';
import { SimulationPanel } from './SimulationPanel';

const GROUPS = [
  { direction: 'TIGHTENS', orgUnit: '総務部/税務課', channel: 'CLIPBOARD', before: 'AUDIT', after: 'BLOCK', ruleAfter: 'to-mail', acts: 14, people: 3, terminals: 2, examples: [{ terminal: 't-1', seq: 4182 }] },
  { direction: 'LOOSENS', orgUnit: '総務部/税務課', channel: 'CLIPBOARD', before: 'BLOCK', after: 'ALLOW', ruleBefore: 'to-browser', acts: 2, people: 1, terminals: 1, examples: [] },
  { direction: 'TIGHTENS', channel: 'MEDIA', before: 'ALLOW', after: 'AUDIT', acts: 1, people: 1, terminals: 1, examples: [] },
];

const REPORT = {
  segment: 'MY_NUMBER', from: '2026-10-27T00:00:00Z', to: '2026-11-26T00:00:00Z', attempts: 900, acts: 1200, auditOnly: false,
  newlyStopped: 14, newlyAllowed: 2, truncated: false, groups: GROUPS, otherActs: 0,
  rules: [{ rule: 'to-mail', acts: 14, disabled: false }, { rule: 'never', acts: 0, disabled: false }, { rule: 'off', acts: 0, disabled: true }],
};

/** A server that sends what it is told to, when it is told to. */
function streamingServer() {
  const encoder = new TextEncoder();
  let lines!: ReadableStreamDefaultController<Uint8Array>;
  const state = { bodies: [] as unknown[], cancelled: false };
  vi.stubGlobal('fetch', async (input: RequestInfo | URL) => {
    const request = input as Request;
    if (!request.url.endsWith('/policies/simulate')) {
      return new Response('{"items":[],"next":null}', { headers: { 'Content-Type': 'application/json' } });
    }
    state.bodies.push(await request.json());
    request.signal.addEventListener('abort', () => (state.cancelled = true));
    const body = new ReadableStream<Uint8Array>({ start: (controller) => void (lines = controller) });
    return new Response(body, { headers: { 'Content-Type': 'application/x-ndjson' } });
  });
  return {
    state,
    send: (text: string) => lines.enqueue(encoder.encode(text)),
    end: () => lines.close(),
  };
}

const panel = (yaml: string) => renderAt('/', [{ path: '/', element: <SimulationPanel yaml={yaml} isReadable /> }]);

describe('trying a draft', () => {
  it('shows how far it is, then what would be stopped and let through, by division, channel and rule', async () => {
    const server = streamingServer();
    const { container } = await panel('segment: my-number\n');
    await userEvent.selectOptions(screen.getByLabelText('期間'), '7');
    await userEvent.click(screen.getByRole('button', { name: '試してみる' }));
    await waitFor(() => expect(server.state.bodies).toEqual([{ yaml: 'segment: my-number\n', days: 7 }]));
    // A line may come in two pieces.
    server.send('{"done":300,"to');
    server.send('tal":900}\n');
    expect(await screen.findByText('900 件中 300 件')).toBeDefined();
    server.send(`${JSON.stringify({ done: 900, total: 900, report: REPORT })}\n`);
    server.end();
    expect(await screen.findByText(/新たに止まるのは 14 件、新たに許されるのは 2 件/)).toBeDefined();
    const division = screen.getByRole('row', { name: /総務部\/税務課/ });
    expect(within(division).getAllByRole('cell').map((cell) => cell.textContent)).toContain('14');
    await userEvent.click(within(division).getByRole('button'));
    expect(screen.getByRole('button', { name: /4182/ })).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: 'ルール' }));
    expect(screen.getByRole('row', { name: /to-browser/ })).toBeDefined();
    expect(screen.getByText('never')).toBeDefined();
    expect(screen.queryByText('off')).toBeNull();
    const found = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });
    expect(found.violations.map((violation) => violation.id)).toEqual([]);
  });

  it('is cancelled by a button, on the server too', async () => {
    const server = streamingServer();
    await panel('segment: my-number\n');
    await userEvent.click(screen.getByRole('button', { name: '試してみる' }));
    await waitFor(() => expect(server.state.bodies).toHaveLength(1));
    server.send('{"done":0,"total":900}\n');
    await screen.findByText('900 件中 0 件');
    expect(server.state.cancelled).toBe(false);
    await userEvent.click(screen.getByRole('button', { name: 'やめる' }));
    expect(await screen.findByText('中止しました。')).toBeDefined();
    expect(server.state.cancelled).toBe(true);
    expect(screen.getByRole('button', { name: '試してみる' })).toBeDefined();
  });

  it('says that others are trying, where the server has no room', async () => {
    fakeServer({ 'POST /policies/simulate': { status: 503, json: { status: 503, code: 'busy' } } });
    await panel('segment: my-number\n');
    await userEvent.click(screen.getByRole('button', { name: '試してみる' }));
    expect(await screen.findByText(/ほかの人が試しています/)).toBeDefined();
  });

  it('says so when the answer breaks off', async () => {
    const server = streamingServer();
    await panel('segment: my-number\n');
    await userEvent.click(screen.getByRole('button', { name: '試してみる' }));
    await waitFor(() => expect(server.state.bodies).toHaveLength(1));
    server.end();
    expect(await screen.findByText(/もう一度/)).toBeDefined();
    expect(screen.queryByText(/新たに止まる/)).toBeNull();
  });
});
