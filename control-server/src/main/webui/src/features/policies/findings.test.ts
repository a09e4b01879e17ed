import { Text } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../api/model';
import { diagnostics, inOrder } from './findings';

const finding = (more: Partial<Finding>): Finding => ({
  severity: 'ERROR',
  code: 'c',
  message: { ja: 'だめ', en: 'no' },
  ...more,
});
const text = Text.of(['name: 標準', '  𠮷: veredict  ', '']);

describe('findings', () => {
  it('are marked from their column to the end of the line, columns counting code points', () => {
    const [mark] = diagnostics([finding({ line: 2, column: 6 })], text, (message) => message.ja);
    expect(text.sliceString(mark?.from ?? 0, mark?.to)).toBe('veredict');
    expect(mark?.message).toBe('だめ');
  });

  it('without a place, or beyond the text, are not marked', () => {
    expect(diagnostics([finding({}), finding({ line: 9 })], text, (message) => message.ja)).toEqual([]);
  });

  it('past the end of their line are marked at its end', () => {
    const [mark] = diagnostics([finding({ line: 1, column: 99 })], text, (message) => message.en);
    expect(mark?.from).toBe(text.line(1).to);
    expect(mark?.to).toBe(text.line(1).to);
  });

  it('come by gravity, then by line', () => {
    const order = inOrder([
      finding({ severity: 'NOTE', line: 1 }),
      finding({ severity: 'ERROR', line: 9 }),
      finding({ severity: 'WARNING', line: 2 }),
      finding({ severity: 'ERROR', line: 3 }),
    ]);
    expect(order.map((one) => [one.severity, one.line])).toEqual([
      ['ERROR', 3],
      ['ERROR', 9],
      ['WARNING', 2],
      ['NOTE', 1],
    ]);
  });
});
