import { LineCounter, parseAllDocuments, type Node, type YAMLMap, type YAMLSeq } from 'yaml';
import { BookReading } from './BookReading';
import { keysAround } from './contract';
import { afterKey, flow, listed, Plain, scalar, type Value } from './render';
import * as source from './source';
import { isMap, isScalar, isSeq, pathText, type KnownPair, type Path } from './source';

/** Why a text can't be shown as a form, and where. */
export interface Unreadable {
  why: 'syntax' | 'shape' | 'extras' | 'documents' | 'rules';
  line: number;
}

/**
 * A rule book as its author wrote it, and the places of its parts. Every change is a change of the text at one place: what
 * was not meant, comments and spelling included, stays to the letter. Immutable; changes answer the new text.
 */
export class RuleBook extends BookReading {
  static read(text: string): RuleBook | Unreadable {
    const lines = new LineCounter();
    const documents = parseAllDocuments(text, { schema: 'failsafe', keepSourceTokens: true, prettyErrors: false, lineCounter: lines });
    if (!Array.isArray(documents) || documents.length === 0) {
      return new RuleBook(text, undefined, lines);
    }
    const [document, second] = documents;
    const error = documents.flatMap((one) => one.errors)[0];
    if (error !== undefined) {
      return { why: 'syntax', line: lines.linePos(error.pos[0]).line };
    }
    if (document === undefined || second !== undefined) {
      return { why: 'documents', line: lines.linePos(second?.range[0] ?? 0).line };
    }
    if (source.hasExtras(document)) {
      return { why: 'extras', line: 1 };
    }
    const root: unknown = document.contents;
    if (root === null || (isScalar(root) && source.isEmpty(root))) {
      return new RuleBook(text, undefined, lines);
    }
    if (!isMap(root) || root.flow === true) {
      return { why: 'shape', line: 1 };
    }
    const book = new RuleBook(text, root, lines);
    const rules = book.node(['rules']);
    const isList = isSeq(rules) && (rules.flow !== true || rules.items.length === 0) && rules.items.every((rule) => isMap(rule));
    return isList || rules === undefined ? book : { why: 'rules', line: book.line(['rules']) };
  }

  /** With a value at a place; undefined takes it away, and with it what would be left empty around it. */
  with(path: Path, value: Value | undefined): string {
    const key = path.at(-1);
    if (typeof key !== 'string') {
      throw new Error(`${pathText(path)} names an item; insert and without change lists`);
    }
    const map = this.mapAt(path.slice(0, -1));
    const pair = map === undefined ? undefined : source.pairOf(map, key);
    if (value === undefined) {
      return map === undefined || pair === undefined ? this.text : this.withoutPair(path.slice(0, -1), map, pair);
    }
    if (map === undefined) {
      return path.length === 1 ? this.begun(key, value) : this.withMap(path.slice(0, -1), { [key]: value });
    }
    return pair === undefined ? this.withPair(map, key, value, path) : this.replaced(map, pair, value);
  }

  /** With a list of single values; items that stay keep their place and their comments. */
  withList(path: Path, items: readonly (string | Plain)[]): string {
    const node = this.node(path);
    if (!isSeq(node) || items.length === 0 || node.items.length === 0) {
      return this.with(path, items.length === 0 ? undefined : items);
    }
    const before = this.list(path);
    const after = items.map((item) => (item instanceof Plain ? item.text : item));
    let head = 0;
    while (head < before.length && head < after.length && before[head] === after[head]) {
      head += 1;
    }
    let tail = 0;
    while (tail < before.length - head && tail < after.length - head && before.at(-1 - tail) === after.at(-1 - tail)) {
      tail += 1;
    }
    if (before.length - head - tail === 1 && after.length - head - tail === 1) {
      const old = node.items[head] as Node;
      return this.spliced(source.start(old), source.end(old, this.text), scalar(items[head] ?? ''));
    }
    let book = this.next(this.text);
    for (let index = head; index < after.length - tail; index += 1) {
      book = book.next(book.insert(path, index, items[index] ?? ''));
    }
    for (let count = before.length - head - tail; count > 0; count -= 1) {
      book = book.next(book.without(path, after.length - tail));
    }
    return book.text;
  }

  /** With an item before the one that has the index now, or at the end; the list is begun where there is none. */
  insert(path: Path, index: number, value: Value): string {
    const seq = this.node(path);
    if (!isSeq(seq) || seq.items.length === 0) {
      return this.with(path, [value]);
    }
    if (seq.flow === true) {
      const neighbour = seq.items[Math.min(index, seq.items.length - 1)] as Node;
      return index < seq.items.length
        ? this.spliced(source.start(neighbour), source.start(neighbour), `${flow(value)}, `)
        : this.spliced(source.end(neighbour, this.text), source.end(neighbour, this.text), `, ${flow(value)}`);
    }
    const indent = source.indentOf(this.text, source.dashes(seq)[0] ?? 0);
    const lines = source.itemLines(seq, this.text);
    const text = `${' '.repeat(indent)}${listed(value, indent)}`;
    const next = index === 0 ? lines[0] : undefined;
    if (next !== undefined) {
      return this.spliced(next.from, next.from, `${text}\n`);
    }
    const after = lines[Math.min(index, lines.length) - 1]?.to ?? this.text.length;
    return this.spliced(after, after, `\n${text}`);
  }

  /** Without an item and the comments that are its own. */
  without(path: Path, index: number): string {
    const seq = this.node(path);
    if (!isSeq(seq) || index >= seq.items.length) {
      return this.text;
    }
    if (seq.items.length === 1) {
      return path.length === 1 ? this.emptied(path[0] as string, seq) : this.with(path, undefined);
    }
    if (seq.flow === true) {
      const next = seq.items[index + 1] as Node | undefined;
      return next === undefined
        ? this.spliced(source.end(seq.items[index - 1] as Node, this.text), source.end(seq.items[index] as Node, this.text), '')
        : this.spliced(source.start(seq.items[index] as Node), source.start(next), '');
    }
    const { from, to } = source.itemLines(seq, this.text)[index] as source.Lines;
    return to < this.text.length ? this.spliced(from, to + 1, '') : this.spliced(Math.max(0, from - 1), to, '');
  }

  /** With an item at another place; what stands between items, such as the heading of a section, stays. */
  moved(path: Path, from: number, to: number): string {
    const seq = this.node(path);
    if (!isSeq(seq) || seq.flow === true) {
      return this.text;
    }
    const lines = source.itemLines(seq, this.text);
    const order = lines.map((_lines, index) => index);
    order.splice(to, 0, ...order.splice(from, 1));
    let text = '';
    let at = 0;
    lines.forEach((slot, index) => {
      const body = lines[order[index] ?? index] ?? slot;
      text += this.text.slice(at, slot.from) + this.text.slice(body.from, body.to);
      at = slot.to;
    });
    return text + this.text.slice(at);
  }

  /** With a copy of a rule right behind it, under an id that no rule has. */
  copied(index: number): string {
    const seq = this.node(['rules']);
    if (!isSeq(seq)) {
      return this.text;
    }
    const dash = source.dashes(seq)[index] ?? 0;
    const { to } = source.itemLines(seq, this.text)[index] as source.Lines;
    const book = this.next(this.spliced(to, to, `\n${this.text.slice(source.lineStart(this.text, dash), to)}`));
    return book.with(['rules', index + 1, 'id'], this.freeId(this.scalar(['rules', index, 'id']) ?? 'rule'));
  }

  /** An id that no rule has, made from one. */
  freeId(like: string): string {
    const taken = new Set(Array.from({ length: this.size(['rules']) }, (_item, index) => this.scalar(['rules', index, 'id'])));
    const stem = like.replace(/-\d+$/, '').slice(0, 58);
    let number = 2;
    while (taken.has(`${stem}-${number}`)) {
      number += 1;
    }
    return taken.has(like) ? `${stem}-${number}` : like;
  }

  private withMap(path: Path, value: Value): string {
    return typeof path.at(-1) === 'number' ? this.insert(path.slice(0, -1), Number(path.at(-1)), value) : this.with(path, value);
  }

  private begun(key: string, value: Value): string {
    const gap = this.text === '' || this.text.endsWith('\n') ? '' : '\n';
    return `${this.text}${gap}${key}:${afterKey(key, value, 0)}\n`;
  }

  private replaced(map: YAMLMap, pair: KnownPair, value: Value): string {
    const key = source.keyOf(pair);
    const isFlow = this.isInFlow(map);
    const isLine = typeof value === 'string' || value instanceof Plain;
    if (isLine && !source.isEmpty(pair.value) && !afterKey(key, value, 0).includes('\n')) {
      const old = pair.value as Node;
      if (isScalar(old) && !old.type?.startsWith('BLOCK')) {
        return this.spliced(source.start(old), source.end(old, this.text), scalar(value));
      }
    }
    const at = source.colon(pair, this.text);
    const rendered = isFlow ? ` ${flow(value)}` : afterKey(key, value, source.indentOf(this.text, source.start(pair.key)));
    return this.spliced(at, source.pairEnd(pair, this.text), rendered);
  }

  private withPair(map: YAMLMap, key: string, value: Value, path: Path): string {
    const pairs = map.items as KnownPair[];
    const order = keysAround(path);
    const rank = (one: string) => (order.includes(one) ? order.indexOf(one) : order.length);
    const before = pairs.reduce<KnownPair | undefined>(
      (best, pair) =>
        rank(source.keyOf(pair)) < rank(key) && (best === undefined || rank(source.keyOf(pair)) >= rank(source.keyOf(best))) ? pair : best,
      undefined,
    );
    const first = pairs[0];
    if (this.isInFlow(map)) {
      const text = `${key}: ${flow(value)}`;
      const at = before === undefined ? source.start(map) + 1 : source.pairEnd(before, this.text);
      return this.spliced(at, at, before === undefined ? text + (first === undefined ? '' : ', ') : `, ${text}`);
    }
    const indent = first === undefined ? 0 : source.indentOf(this.text, source.start(first.key));
    const text = `${key}:${afterKey(key, value, indent)}`;
    if (before === undefined) {
      const at = first === undefined ? source.start(map) : source.start(first.key);
      return this.spliced(at, at, `${text}\n${' '.repeat(indent)}`);
    }
    const at = source.lineEnd(this.text, source.pairEnd(before, this.text));
    return this.spliced(at, at, `\n${' '.repeat(indent)}${text}`);
  }

  private withoutPair(path: Path, map: YAMLMap, pair: KnownPair): string {
    const pairs = map.items as KnownPair[];
    if (pairs.length === 1 && path.length > 0) {
      return typeof path.at(-1) === 'string'
        ? this.with(path, undefined)
        : this.spliced(source.start(map), source.end(map, this.text), '{}');
    }
    const index = pairs.indexOf(pair);
    const next = pairs[index + 1];
    if (this.isInFlow(map)) {
      return next === undefined
        ? this.spliced(source.pairEnd(pairs[index - 1] as KnownPair, this.text), source.pairEnd(pair, this.text), '')
        : this.spliced(source.start(pair.key), source.start(next.key), '');
    }
    if (index === 0 && path.length > 0 && next !== undefined && typeof path.at(-1) === 'number') {
      return this.spliced(source.start(pair.key), source.start(next.key), '');
    }
    const to = source.lineEnd(this.text, source.pairEnd(pair, this.text));
    return this.spliced(source.lineStart(this.text, source.start(pair.key)), Math.min(to + 1, this.text.length), '');
  }

  /** A list at the top is left as an empty one: that says that it is meant. */
  private emptied(key: string, seq: YAMLSeq): string {
    const pair = source.pairOf(this.root as YAMLMap, key) as KnownPair;
    const { from, to } = source.itemLines(seq, this.text)[0] ?? { from: source.start(seq), to: source.end(seq, this.text) };
    const at = source.colon(pair, this.text);
    return `${this.text.slice(0, at)} []${this.text.slice(at, from).trimEnd()}${this.text.slice(to)}`;
  }

  /** Whether a map stands in braces or brackets; all within one that does do so too. */
  private isInFlow(map: YAMLMap): boolean {
    return map.flow === true;
  }

  private next(text: string): RuleBook {
    const book = RuleBook.read(text);
    if (!(book instanceof RuleBook)) {
      throw new Error(`the changed rule book can't be read at line ${book.line}: ${book.why}`);
    }
    return book;
  }

  private spliced(from: number, to: number, text: string): string {
    return this.text.slice(0, from) + text + this.text.slice(to);
  }
}
