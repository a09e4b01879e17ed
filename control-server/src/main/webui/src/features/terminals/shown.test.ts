import { describe, expect, it } from 'vitest';
import { i18next } from '../../i18n';
import { asked, SHOWN } from './shown';

describe('what the list is narrowed to', () => {
  it('is asked for as the server knows it, and nonsense in the address narrows nothing', () => {
    expect(asked('failed')).toEqual({ standing: 'FAILED' });
    expect(asked('waiting')).toEqual({ state: 'WAITING' });
    expect(asked('')).toEqual({});
    expect(asked('nonsense')).toEqual({});
  });

  it('has a word each', () => {
    expect(Object.keys(SHOWN).filter((name) => !i18next.exists(`shown.${name}`))).toEqual([]);
  });
});
