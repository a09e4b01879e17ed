import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { fieldsOf, type Field, type Message } from './contract';
import { Plain, type Value } from './render';
import { RuleBook } from './RuleBook';
import type { Path } from './source';

const RESOURCES = '../../../../proto/src';
const templates = ['my-number', 'lgwan', 'internet'].map((name) =>
  readFileSync(`${RESOURCES}/main/resources/org/sekisho/policy/templates/${name}.yaml`, 'utf8'),
);
const everything = readFileSync(`${RESOURCES}/test/resources/org/sekisho/policy/valid/everything.yaml`, 'utf8');

function read(text: string): RuleBook {
  const book = RuleBook.read(text);
  if (!(book instanceof RuleBook)) {
    throw new Error(`${book.why} at line ${book.line}`);
  }
  return book;
}

/** What the text says, with every value as text: what a reader of YAML sees, comments and spelling aside. */
const meaning = (text: string) => parse(text, { schema: 'failsafe' }) as Record<string, unknown>;

interface Place {
  path: Path;
  field: Field;
}

/** Every field that a form shows of a book, those that nothing is written in included. */
function places(book: RuleBook, message: Message = 'Policy', path: Path = []): Place[] {
  return fieldsOf(message).flatMap((field): Place[] => {
    const here = [...path, field.key];
    if (field.kind === 'message') {
      return path.at(-1) === field.key ? [] : places(book, field.message, here);
    }
    if (field.kind === 'messages') {
      return Array.from({ length: book.size(here) }, (_item, index) => places(book, field.message, [...here, index])).flat();
    }
    return [{ path: here, field }];
  });
}

/** Another value than what is there. */
function other(book: RuleBook, { path, field }: Place): Value {
  const now = book.scalar(path);
  switch (field.kind) {
    case 'word':
      return new Plain(field.words.find((word) => word !== now) ?? '');
    case 'words':
      return [new Plain(field.words[0] ?? ''), new Plain(field.words[1] ?? '')];
    case 'texts':
      return ['*', '0781', "it's: #1"];
    case 'plains':
      return [new Plain('08:30-17:15'), new Plain('443')];
    case 'flag':
      return new Plain(now === 'true' ? 'false' : 'true');
    case 'number':
    case 'size':
    case 'date':
      return new Plain(now === '7' ? '8' : '7');
    case 'message':
    case 'messages':
      throw new Error(`${field.key} has fields of its own`);
    case 'text':
      return field.isLong === true ? '一行目: "引用" # not a comment\n二行目\n' : 'はい: [no] ';
  }
}

const plainly = (value: Value): unknown =>
  value instanceof Plain ? value.text : Array.isArray(value) ? value.map((item) => plainly(item as Value)) : value;

function put(tree: unknown, path: Path, value: unknown): void {
  let at = tree as Record<string | number, unknown>;
  for (const part of path.slice(0, -1)) {
    if (typeof at[part] !== 'object' || at[part] === null) {
      at[part] = {};
    }
    at = at[part] as Record<string | number, unknown>;
  }
  at[path.at(-1) ?? ''] = value;
}

/** The lines that one text has and the other hasn't, comments only. */
const comments = (text: string) => text.split('\n').filter((line) => /^\s*#/.test(line));

describe('a rule book', () => {
  // Each template shows the fields of every kind many times over: of each, every fourth is tried, another fourth of each.
  it.each(templates.map((text, number) => [text, number] as const))('changes in the one field that is changed, and nowhere else', (text, number) => {
    const book = read(text);
    const all = places(book);
    expect(all.length).toBeGreaterThan(100);
    for (const place of all.filter((_place, index) => index % 4 === number)) {
      const value = other(book, place);
      const changed = Array.isArray(value) ? book.withList(place.path, value as Plain[]) : book.with(place.path, value);
      const expected = meaning(text);
      put(expected, place.path, plainly(value));
      expect(meaning(changed), place.path.join('.')).toEqual(expected);
      expect(comments(changed)).toEqual(comments(text));
      const [before, after] = [text.split('\n'), changed.split('\n')];
      let head = 0;
      while (before[head] === after[head]) head += 1;
      let tail = 0;
      while (before.at(-1 - tail) === after.at(-1 - tail) && tail < before.length - head) tail += 1;
      // A list of several lines is the longest that one field may have.
      expect(before.length - head - tail, place.path.join('.')).toBeLessThan(10);
    }
  });

  it.each(templates)('is as before to the letter when a field that was added is taken away', (text) => {
    const book = read(text);
    for (const place of places(book).filter(({ path }, index) => index % 4 === 3 && !book.has(path))) {
      const value = other(book, place);
      const added = Array.isArray(value) ? book.withList(place.path, value as Plain[]) : book.with(place.path, value);
      expect(read(added).with(place.path, undefined), place.path.join('.')).toBe(text);
    }
  });

  it.each([...templates, everything])('says what it said but for the field that is taken away', (text) => {
    const book = read(text);
    for (const { path } of places(book).filter((place) => book.has(place.path) && place.path.length > 1)) {
      const without = read(book.with(path, undefined));
      expect(without.has(path), path.join('.')).toBe(false);
      expect(without.size(['rules'])).toBe(book.size(['rules']));
    }
  });

  it.each(templates)('moves a rule with its comments, and back to the letter', (text) => {
    const book = read(text);
    const size = book.size(['rules']);
    const ids = (one: RuleBook) => Array.from({ length: size }, (_rule, index) => one.scalar(['rules', index, 'id']));
    for (let from = 0; from < size; from += 1) {
      for (let to = 0; to < size; to += 1) {
        const moved = read(book.moved(['rules'], from, to));
        const expected = ids(book);
        expected.splice(to, 0, ...expected.splice(from, 1));
        expect(ids(moved)).toEqual(expected);
        expect(moved.moved(['rules'], to, from)).toBe(text);
      }
    }
  });

  it('moves the comment of a rule with it and leaves the heading of its section', () => {
    const moved = read(templates[1] ?? '').moved(['rules'], 2, 0);
    const lines = moved.split('\n');
    const at = lines.indexOf('  - id: media-registered-encrypted');
    expect(lines[at - 1]).toBe('  # Only while the second factor is proven.');
    expect(lines[at - 3]).toMatch(/---- 媒体/);
  });

  it.each(templates)('copies a rule under a free id and loses nothing when the copy is deleted', (text) => {
    const book = read(text);
    for (let index = 0; index < book.size(['rules']); index += 1) {
      const copied = read(book.copied(index));
      const rules = meaning(copied.text)['rules'] as Record<string, unknown>[];
      expect(rules[index + 1]).toEqual({ ...rules[index], id: `${String(rules[index]?.['id'])}-2` });
      expect(copied.without(['rules'], index + 1)).toBe(text);
    }
  });

  it.each(templates)('takes a rule, and every rule can be deleted', (text) => {
    let book = read(text);
    const size = book.size(['rules']);
    const added = read(book.insert(['rules'], size, { id: 'new', channel: new Plain('media'), verdict: new Plain('block') }));
    expect((meaning(added.text)['rules'] as unknown[]).at(-1)).toEqual({ id: 'new', channel: 'media', verdict: 'block' });
    expect(added.without(['rules'], size)).toBe(text);
    for (let left = size; left > 0; left -= 1) {
      book = read(book.without(['rules'], 0));
      expect(book.size(['rules'])).toBe(left - 1);
    }
    expect(read(book.insert(['rules'], 0, { id: 'again' })).scalar(['rules', 0, 'id'])).toBe('again');
  });

  it('is written within braces where its author wrote in braces', () => {
    const book = read('rules:\n  - {id: a, channel: print, print: {printers: [p]}, verdict: block} # kept\n');
    expect(book.with(['rules', 0, 'print', 'min-pages'], new Plain('3'))).toContain('print: {printers: [p], min-pages: 3}, verdict');
    expect(book.with(['rules', 0, 'print', 'printers'], undefined)).toContain('{id: a, channel: print, verdict: block} # kept');
    expect(book.withList(['rules', 0, 'print', 'printers'], ['p', 'q'])).toContain('[p, q]');
    expect(book.with(['rules', 0, 'notice', 'ja'], '二\n行')).toContain('notice: {ja: "二\\n行"}');
  });

  it('keeps what stands behind a value, and the comments within a list', () => {
    const book = read('name: 標準 # the name\nrules:\n  - id: a\n    media:\n      serials:\n        - A # ours\n        - B\n');
    expect(book.with(['name'], '別')).toContain('name: 別 # the name');
    expect(book.withList(['rules', 0, 'media', 'serials'], ['A', 'C', 'B'])).toContain('- A # ours\n        - C\n        - B\n');
    expect(book.withList(['rules', 0, 'media', 'serials'], ['B'])).toContain('serials:\n        - B\n');
  });

  it('begins from nothing', () => {
    const named = read(read('').with(['name'], '新しい'));
    const ruled = read(named.insert(['rules'], 0, { id: 'a' }));
    expect(ruled.text).toBe('name: 新しい\nrules:\n  - id: a\n');
    expect(ruled.without(['rules'], 0)).toBe('name: 新しい\nrules: []\n');
  });

  it.each([
    ['syntax', 'name: [a\n'],
    ['syntax', 'name: a\nname: b\n'],
    ['documents', 'name: a\n---\nname: b\n'],
    ['shape', '- a\n'],
    ['extras', 'name: &a x\ndescription: *a\n'],
    ['rules', 'rules: [{id: a}]\n'],
    ['rules', 'rules: x\n'],
  ])('that a form can’t show says why: %s', (why, text) => {
    expect(RuleBook.read(text)).toMatchObject({ why });
  });

  it('names the line of a part, or of what is around it', () => {
    const book = read('name: a\nrules:\n  - id: b\n    media:\n      classes: [hub]\n');
    expect(book.line(['rules', 0, 'media', 'classes', 0])).toBe(5);
    expect(book.line(['rules', 0, 'verdict'])).toBe(3);
  });
});
