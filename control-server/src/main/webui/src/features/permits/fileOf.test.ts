import { describe, expect, it } from 'vitest';
import type { SekishoEvent } from '../../api/model';
import { fileOf } from './fileOf';

const event = (file: object) => ({ detail: { attempt: { attempt: { bytes: '12', media: { file } } } } }) as unknown as SekishoEvent;

describe('the file of an event', () => {
  it('is known with its shadow copy, where one was ordered', () => {
    expect(fileOf(event({ name: 'a', act: 'FILE_WRITTEN', shadowCopy: 'c'.repeat(32) }))).toEqual({
      act: 'FILE_WRITTEN',
      name: 'a',
      bytes: 12,
      shadowCopy: 'c'.repeat(32),
    });
    expect(fileOf(event({ name: 'a', shadowCopy: '' }))).toEqual({ act: '', name: 'a', bytes: 12 });
    expect(fileOf(event({}))).toBeUndefined();
  });
});
