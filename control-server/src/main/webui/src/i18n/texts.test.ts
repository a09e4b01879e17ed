import { describe, expect, it } from 'vitest';
import { en } from './en';
import { ja } from './ja';

type Tree = { [key: string]: string | Tree };

function leaves(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as [string, string]] : leaves(value, `${path}${key}.`),
  );
}

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();

describe('texts', () => {
  it('have the same keys in both languages', () => {
    expect(leaves(en).map(([key]) => key)).toEqual(leaves(ja).map(([key]) => key));
  });

  it('name the same values in both languages', () => {
    const english = new Map(leaves(en));
    for (const [key, text] of leaves(ja)) {
      expect(placeholders(english.get(key) ?? ''), key).toEqual(placeholders(text));
    }
  });

  it('are never empty', () => {
    expect([...leaves(ja), ...leaves(en)].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('are Japanese in Japanese, but for names', () => {
    const names = new Set(['common.none', 'common.en', 'terminals.os', 'terminals.modeSummary', 'commands.confirmTitle', 'incidents.noteBy']);
    const foreign = leaves(ja).filter(([key, text]) => !names.has(key) && !/[\p{sc=Hira}\p{sc=Kana}\p{sc=Han}]/u.test(text));
    expect(foreign).toEqual([]);
  });
});
