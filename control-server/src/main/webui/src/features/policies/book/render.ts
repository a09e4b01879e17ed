/** What is written as it stands: a word of the contract, a number, a time. */
export class Plain {
  constructor(readonly text: string) {}
}

/** What a form writes. Empty lists and maps are never written: they say what absence says. */
export type Value = string | Plain | readonly Value[] | { readonly [key: string]: Value };

/** A list that fits on a line of this length stands on one line; as the server's writer has it. */
const LINE = 110;

/** Begins with a letter, so that no reader takes it for a number, a date or an indicator. */
const PLAIN = /^\p{L}[\p{L}\p{Nd}_./-]*$/u;
const OTHER_MEANING = new Set(['null', 'true', 'false', 'yes', 'no', 'on', 'off', 'y', 'n']);
const NEEDS_ESCAPE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{Cn}]/u;

function isMap(value: Value): value is { readonly [key: string]: Value } {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Plain);
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** A text on one line, which every reader of YAML reads as that text. */
export function scalar(value: string | Plain): string {
  const text = value instanceof Plain ? value.text : value;
  const isSafe = value instanceof Plain ? /^[\p{L}\p{Nd}][\p{L}\p{Nd}_.:/-]*$/u.test(text) && !text.endsWith(':') : PLAIN.test(text) && !OTHER_MEANING.has(text.toLowerCase());
  return isSafe ? text : quoted(text);
}

function quoted(text: string): string {
  let out = '"';
  for (const character of text) {
    if (character === '"' || character === '\\') {
      out += `\\${character}`;
    } else if (character === '\n') {
      out += '\\n';
    } else if (!NEEDS_ESCAPE.test(character)) {
      out += character;
    } else {
      const point = character.codePointAt(0) ?? 0;
      out += point <= 0xffff ? `\\u${hex(point, 4)}` : `\\U${hex(point, 8)}`;
    }
  }
  return `${out}"`;
}

function hex(point: number, digits: number): string {
  return point.toString(16).toUpperCase().padStart(digits, '0');
}

/** Whether a text can stand as a literal block. */
function isBlock(text: string): boolean {
  return (
    text.includes('\n') &&
    !text.startsWith('\n') &&
    !text.endsWith('\n\n') &&
    text.split('\n').every((line) => !line.startsWith(' ') && !line.endsWith(' ') && !NEEDS_ESCAPE.test(line))
  );
}

/** Within brackets or braces. */
export function flow(value: Value): string {
  if (isList(value)) {
    return `[${value.map(flow).join(', ')}]`;
  }
  return isMap(value)
    ? `{${Object.entries(value)
        .map(([key, part]) => `${key}: ${flow(part)}`)
        .join(', ')}}`
    : scalar(value);
}

/** What stands after `key:` at an indent: a blank and the value, or the lines below. */
export function afterKey(key: string, value: Value, indent: number): string {
  if (isMap(value)) {
    return Object.keys(value).length === 0 ? ' {}' : `\n${' '.repeat(indent + 2)}${block(value, indent + 2)}`;
  }
  if (isList(value)) {
    const line = ` ${flow(value)}`;
    const isShort = value.every((item) => !isMap(item)) && line.length + indent + key.length <= LINE;
    return isShort ? line : value.map((item) => `\n${' '.repeat(indent + 2)}${listed(item, indent + 2)}`).join('');
  }
  const text = value instanceof Plain ? value.text : value;
  return isBlock(text) ? literal(text, indent + 2) : ` ${scalar(value)}`;
}

function literal(text: string, indent: number): string {
  const isEnded = text.endsWith('\n');
  const lines = (isEnded ? text.slice(0, -1) : text).split('\n');
  return ` ${isEnded ? '|' : '|-'}${lines.map((line) => (line === '' ? '\n' : `\n${' '.repeat(indent)}${line}`)).join('')}`;
}

/** The lines of a map whose first begins where the caller stands. */
export function block(map: { readonly [key: string]: Value }, indent: number): string {
  return Object.entries(map)
    .map(([key, value]) => `${key}:${afterKey(key, value, indent)}`)
    .join(`\n${' '.repeat(indent)}`);
}

/** `- item`, its further lines at the indent. */
export function listed(value: Value, indent: number): string {
  if (isMap(value) && Object.keys(value).length > 0) {
    return `- ${block(value, indent + 2)}`;
  }
  return `- ${flow(value)}`;
}
