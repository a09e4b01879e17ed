import type { Diagnostic } from '@codemirror/lint';
import type { Text } from '@codemirror/state';
import type { Bilingual, Finding } from '../../api/model';

/** Most grave first, then by place. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  const weight = { ERROR: 0, WARNING: 1, NOTE: 2 };
  return [...findings].sort(
    (a, b) => weight[a.severity] - weight[b.severity] || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
}

export function count(findings: readonly Finding[], severity: Finding['severity']): number {
  return findings.filter((finding) => finding.severity === severity).length;
}

const LEVELS = { ERROR: 'error', WARNING: 'warning', NOTE: 'info' } as const;

/** The findings that have a place in the text, as the editor marks them: from the place to the end of its line. */
export function diagnostics(
  findings: readonly Finding[],
  text: Text,
  inWords: (message: Bilingual) => string,
): Diagnostic[] {
  return findings
    .filter((finding) => (finding.line ?? 0) > 0 && (finding.line ?? 0) <= text.lines)
    .map((finding) => {
      const line = text.line(finding.line ?? 1);
      const from = line.from + offsetOf(line.text, finding.column ?? 1);
      return {
        from,
        to: Math.max(from, line.from + line.text.trimEnd().length),
        severity: LEVELS[finding.severity],
        message: inWords(finding.message),
      };
    })
    .sort((a, b) => a.from - b.from);
}

/** Columns count code points from 1; the editor counts UTF-16 units from 0. */
function offsetOf(line: string, column: number): number {
  return Array.from(line)
    .slice(0, column - 1)
    .join('').length;
}
