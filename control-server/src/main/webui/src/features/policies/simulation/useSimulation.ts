import { useCallback, useEffect, useRef, useState } from 'react';
import { client, read } from '../../../api/client';
import type { SimulationLine, SimulationReport } from '../../../api/model';
import { ProblemError } from '../../../api/problem';
import { jsonLines } from './lines';

export type Simulation =
  | { phase: 'idle' }
  | { phase: 'running'; done: number; total: number }
  | { phase: 'cancelled' }
  | { phase: 'failed'; error: unknown }
  | { phase: 'done'; report: SimulationReport; yaml: string };

/** Runs one simulation at a time; closing the page cancels it, on the server too. */
export function useSimulation() {
  const [simulation, setSimulation] = useState<Simulation>({ phase: 'idle' });
  const running = useRef<AbortController>(null);

  const cancel = useCallback(() => {
    running.current?.abort();
    running.current = null;
  }, []);

  useEffect(() => cancel, [cancel]);

  const start = useCallback(
    async (yaml: string, days: number) => {
      cancel();
      const mine = new AbortController();
      running.current = mine;
      const show = (next: Simulation) => {
        if (running.current === mine) {
          setSimulation(next);
        }
      };
      show({ phase: 'running', done: 0, total: 0 });
      try {
        const stream = await read<ReadableStream<Uint8Array>>(
          client.POST('/api/v1/policies/simulate', { body: { yaml, days }, parseAs: 'stream', signal: mine.signal }),
        );
        show(await followed(stream, yaml, show));
      } catch (error) {
        show({ phase: 'failed', error });
      }
    },
    [cancel],
  );

  return {
    simulation,
    start,
    cancel: useCallback(() => {
      cancel();
      setSimulation({ phase: 'cancelled' });
    }, [cancel]),
  };
}

async function followed(
  stream: ReadableStream<Uint8Array>,
  yaml: string,
  show: (next: Simulation) => void,
): Promise<Simulation> {
  for await (const line of jsonLines<SimulationLine>(stream)) {
    if (line.failure !== undefined && line.failure !== null) {
      throw new ProblemError(500, { detail: line.failure });
    }
    if (line.report !== undefined && line.report !== null) {
      return { phase: 'done', report: line.report, yaml };
    }
    show({ phase: 'running', done: line.done, total: line.total });
  }
  throw new ProblemError(0, { title: 'The simulation ended without a report' });
}
