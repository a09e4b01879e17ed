/** The Markdown that help texts are written in: `#` and `##`, paragraphs, `-` and `1.` lists, fenced code, tables. */
export type Block =
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'list'; isOrdered: boolean; items: string[] }
  | { kind: 'table'; head: string[]; rows: string[][] };

/** Within a line: `**strong**`, `` `code` `` and `[links](/within/the/console)`. */
export type Inline = { kind: 'text' | 'strong' | 'code'; text: string } | { kind: 'link'; text: string; to: string };

const INLINE = /\*\*(?<strong>[^*]+)\*\*|`(?<code>[^`]+)`|\[(?<label>[^\]]+)\]\((?<to>\/[^)\s]*)\)/gu;
const JAPANESE = /[\p{sc=Hira}\p{sc=Kana}\p{sc=Han}。、「」（）]/u;

export function parseBlocks(text: string): Block[] {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? '';
    if (line.trim() === '') {
      at += 1;
    } else if (line.startsWith('```')) {
      const end = lines.findIndex((one, index) => index > at && one.startsWith('```'));
      const stop = end < 0 ? lines.length : end;
      blocks.push({ kind: 'code', text: lines.slice(at + 1, stop).join('\n') });
      at = stop + 1;
    } else {
      let stop = at + 1;
      while (stop < lines.length && (lines[stop] ?? '').trim() !== '' && !(lines[stop] ?? '').startsWith('```') && !line.startsWith('#')) {
        stop += 1;
      }
      blocks.push(block(lines.slice(at, stop)));
      at = stop;
    }
  }
  return blocks;
}

function block(lines: string[]): Block {
  const first = lines[0] ?? '';
  const heading = /^(#{1,2})\s+(.*)$/u.exec(first);
  if (heading !== null) {
    return { kind: 'heading', level: (heading[1] ?? '').length, text: heading[2] ?? '' };
  }
  if (first.startsWith('|')) {
    const [head = [], , ...rows] = lines.map((line) => line.replace(/^\||\|\s*$/gu, '').split('|').map((cell) => cell.trim()));
    return { kind: 'table', head, rows };
  }
  const marker = /^-\s+/u.test(first) ? /^-\s+/u : /^\d+\.\s+/u;
  if (marker.test(first)) {
    const items: string[][] = [];
    lines.forEach((line) => (marker.test(line) ? items.push([line.replace(marker, '')]) : items.at(-1)?.push(line.trim())));
    return { kind: 'list', isOrdered: !first.startsWith('-'), items: items.map(join) };
  }
  return { kind: 'paragraph', text: join(lines) };
}

/** A line break in the source is a blank, but between Japanese characters nothing. */
function join(lines: string[]): string {
  return lines.reduce((text, line) => (JAPANESE.test(text.at(-1) ?? '') && JAPANESE.test(line.charAt(0)) ? text + line : `${text} ${line}`));
}

export function parseInline(text: string): Inline[] {
  const parts: Inline[] = [];
  let after = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > after) {
      parts.push({ kind: 'text', text: text.slice(after, match.index) });
    }
    const { strong, code, label, to } = match.groups ?? {};
    if (strong !== undefined) {
      parts.push({ kind: 'strong', text: strong });
    } else if (code !== undefined) {
      parts.push({ kind: 'code', text: code });
    } else {
      parts.push({ kind: 'link', text: label ?? '', to: to ?? '' });
    }
    after = match.index + match[0].length;
  }
  return after < text.length ? [...parts, { kind: 'text', text: text.slice(after) }] : parts;
}
