import { isAlias, isCollection, isMap, isNode, isScalar, isSeq, visit, type Document, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';

/** Where something stands in a document: keys and indices. */
export type Path = readonly (string | number)[];

/** As the checker writes it: `rules[3].clipboard.source`. */
export function pathText(path: Path): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  );
}

export type KnownPair = Pair<Node, Node | null>;

export function pairOf(map: YAMLMap, key: string): KnownPair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && pair.key.value === key) as KnownPair | undefined;
}

export function keyOf(pair: KnownPair): string {
  return isScalar(pair.key) ? String(pair.key.value) : '';
}

export function start(node: Node): number {
  return node.range?.[0] ?? 0;
}

/** Whether nothing is written there, as after `key:`. */
export function isEmpty(node: Node | null | undefined): boolean {
  return node === null || node === undefined || (isScalar(node) && node.range?.[0] === node.range?.[1]);
}

/** Where what a node says ends; line breaks after it are not its own. */
export function end(node: Node, text: string): number {
  if (isCollection(node) && node.flow !== true && node.items.length > 0) {
    const last: unknown = node.items.at(-1);
    return isNode(last) ? end(last, text) : pairEnd(last as KnownPair, text);
  }
  let at = node.range?.[1] ?? 0;
  while (at > start(node) && text[at - 1] === '\n') {
    at -= 1;
  }
  return at;
}

export function pairEnd(pair: KnownPair, text: string): number {
  return isEmpty(pair.value) ? colon(pair, text) : end(pair.value as Node, text);
}

/** Behind the colon of a pair. */
export function colon(pair: KnownPair, text: string): number {
  return text.indexOf(':', pair.key.range?.[1] ?? 0) + 1;
}

export function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** Before the line break, or at the end of the text. */
export function lineEnd(text: string, at: number): number {
  const found = text.indexOf('\n', at);
  return found < 0 ? text.length : found;
}

/** Columns before a place. */
export function indentOf(text: string, at: number): number {
  return at - lineStart(text, at);
}

/** Where the `-` of each item stands. */
export function dashes(seq: YAMLSeq): number[] {
  const token = seq.srcToken;
  return token?.type === 'block-seq'
    ? token.items.flatMap((item) => item.start.filter((part) => part.type === 'seq-item-ind').map((part) => part.offset))
    : [];
}

/** A comment line that heads a section, and stays where it is when a rule moves. */
const RULER = /^\s*#\s*[-=─━*#]{3}/;

/** Where the lines of an item begin, with the comments that are its own, and where they end. */
export interface Lines {
  from: number;
  to: number;
}

export function itemLines(seq: YAMLSeq, text: string): Lines[] {
  const places = dashes(seq);
  return places.map((dash, index) => {
    const indent = indentOf(text, dash);
    let from = lineStart(text, dash);
    while (from > 0) {
      const before = lineStart(text, from - 1);
      const line = text.slice(before, from - 1);
      if (!/^\s*#/.test(line) || RULER.test(line) || line.search(/#/) > indent) {
        break;
      }
      from = before;
    }
    const node = seq.items[index];
    let to = lineEnd(text, isNode(node) && !isEmpty(node) ? end(node, text) : dash);
    while (to < text.length) {
      const next = text.slice(to + 1, lineEnd(text, to + 1));
      if (!/^\s*#/.test(next) || next.search(/#/) <= indent) {
        break;
      }
      to += 1 + next.length;
    }
    return { from, to };
  });
}

/** Whether a document has what no policy may have: anchors, aliases, tags. */
export function hasExtras(document: Document): boolean {
  let found = false;
  visit(document, {
    Node(_key, node) {
      if (isAlias(node) || node.tag !== undefined || ('anchor' in node && node.anchor !== undefined)) {
        found = true;
        return visit.BREAK;
      }
      return undefined;
    },
  });
  return found;
}

export { isMap, isScalar, isSeq };
