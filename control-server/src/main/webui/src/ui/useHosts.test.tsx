import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { fakeServer } from '../test/fakeServer';
import { renderAt } from '../test/render';
import { useHosts } from './useHosts';

function Names({ terminals }: { terminals: string[] }) {
  const hostOf = useHosts(terminals);
  return <p>{terminals.map(hostOf).join(', ')}</p>;
}

describe('hosts', () => {
  it('are asked for by the terminals that are shown, all at once, and unknown ones keep their id', async () => {
    const asked = fakeServer({
      'GET /terminals?id=t-1&id=t-2&id=t-3&limit=100': {
        json: { items: [{ id: 't-1', host: 'zeimu-01' }, { id: 't-3', host: 'shimin-01' }], next: null },
      },
    });
    await renderAt('/', [{ path: '/', element: <Names terminals={['t-3', 't-1', 't-2', 't-1']} /> }]);
    expect(await screen.findByText('shimin-01, zeimu-01, t-2, zeimu-01')).toBeTruthy();
    expect(asked.map((one) => one.path)).toEqual(['/terminals?id=t-1&id=t-2&id=t-3&limit=100']);
  });

  it('are asked for in parts where the server takes no more', async () => {
    const asked = fakeServer({});
    const many = Array.from({ length: 150 }, (_one, index) => `t-${index + 1000}`);
    await renderAt('/', [{ path: '/', element: <Names terminals={many} /> }]);
    await waitFor(() => expect(asked).toHaveLength(2));
    expect(asked.map((one) => one.path.split('id=').length - 1).toSorted((a, b) => a - b)).toEqual([50, 100]);
  });
});
