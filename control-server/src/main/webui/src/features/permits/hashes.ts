const LINE = /^\s*([0-9A-Fa-f]{64})(?:\s+\*?.*)?$/;

/** The hashes in a list as `sha256sum` prints it, or one a line; and the lines that are neither. */
export function hashesIn(text: string): { hashes: string[]; wrong: string[] } {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const found = lines.map((line) => LINE.exec(line)?.[1]?.toLowerCase());
  return {
    hashes: [...new Set(found.filter((hash) => hash !== undefined))],
    wrong: lines.filter((_line, index) => found[index] === undefined),
  };
}

/** A file's line in such a list. The file stays in the browser. */
export async function hashLine(file: File): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  return `${[...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')}  ${file.name}`;
}
