import { createContext, useContext } from 'react';
import type { Finding } from '../../../api/model';
import type { RuleBook } from '../book/RuleBook';
import { pathText, type Path } from '../book/source';

/** What a form works on. */
export interface Desk {
  book: RuleBook;
  /** The checker's findings on the text as it stands; none while it is being checked. */
  findings: readonly Finding[];
  edit: (text: string) => void;
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) {
    throw new Error('the parts of a rule book’s form stand within it');
  }
  return desk;
}

/** The id of what edits a part. */
export function fieldId(path: Path): string {
  return `field-${pathText(path)}`;
}

export function isUnder(finding: Finding, path: Path): boolean {
  const at = finding.path ?? '';
  const part = pathText(path);
  return at.startsWith(part) && (at.length === part.length || at[part.length] === '.' || at[part.length] === '[');
}

/** The findings about a part that no field within it shows. */
export function ownFindings(findings: readonly Finding[], path: Path, keys: readonly string[]): Finding[] {
  return findings.filter((finding) => isUnder(finding, path) && !keys.some((key) => isUnder(finding, [...path, key])));
}

/** The index of the rule, default or group that a finding is about. */
export function indexIn(list: string, finding: Finding): number | undefined {
  const index = new RegExp(`^${list}\\[(\\d+)\\]`).exec(finding.path ?? '')?.[1];
  return index === undefined ? undefined : Number(index);
}
