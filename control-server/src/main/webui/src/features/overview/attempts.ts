import type { AttemptLine, AttemptSeries } from '../../api/model';

/** One day's figures. */
export interface Day {
  at: Date;
  attempts: number;
  stopped: number;
}

export const sum = (figures: readonly number[]): number => figures.reduce((all, figure) => all + figure, 0);

/** All channels together, day by day. */
export function daysOf(series: AttemptSeries): Day[] {
  const of = (figures: (line: AttemptLine) => readonly number[], index: number) =>
    sum(series.channels.map((line) => figures(line)[index] ?? 0));
  return Array.from({ length: series.stretches }, (_, index) => ({
    at: new Date(Date.parse(series.from) + index * series.seconds * 1000),
    attempts: of((line) => line.attempts, index),
    stopped: of((line) => line.stopped, index),
  }));
}

/** The next number at or above that people count in: 1, 2 or 5 and zeros. */
export function roundUp(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, most)));
  return [1, 2, 5, 10].map((step) => step * power).find((candidate) => candidate >= most) ?? 10 * power;
}
