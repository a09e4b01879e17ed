import type { components } from './schema.gen';

/** RFC 9457; anything may be missing when something between here and the server answers. */
export type ProblemDocument = Partial<components['schemas']['Problem']>;

/** The server said no, or could not be asked. `status` is 0 when there was no answer. */
export class ProblemError extends Error {
  readonly status: number;
  readonly problem: ProblemDocument;

  constructor(status: number, problem: ProblemDocument) {
    super(problem.detail ?? problem.title ?? `HTTP ${status}`);
    this.name = 'ProblemError';
    this.status = status;
    this.problem = problem;
  }
}

/** Whatever was thrown, as a problem: what isn't one is a connection that failed. */
export function toProblem(error: unknown): ProblemError {
  return error instanceof ProblemError ? error : new ProblemError(0, { title: String(error) });
}
