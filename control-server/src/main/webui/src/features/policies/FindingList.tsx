import { Button, Label, Spinner } from '@patternfly/react-core';
import { ExclamationCircleIcon, ExclamationTriangleIcon, InfoCircleIcon } from '@patternfly/react-icons';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../../api/model';
import { useBilingual, useWord } from '../../ui/words';
import { count, inOrder } from './findings';
import { Notice } from '../../ui/Notice';

interface FindingListProps {
  findings: readonly Finding[];
  isChecking: boolean;
  onGoTo: (finding: Finding) => void;
}

const LOOKS = {
  ERROR: { color: 'red', icon: <ExclamationCircleIcon /> },
  WARNING: { color: 'orange', icon: <ExclamationTriangleIcon /> },
  NOTE: { color: 'blue', icon: <InfoCircleIcon /> },
} as const;

/** The checker's findings; each leads to its line. */
export function FindingList({ findings, isChecking, onGoTo }: FindingListProps) {
  const { t } = useTranslation();
  const word = useWord();
  const inWords = useBilingual();
  return (
    <div className="sk-stack sk-tab">
      <div role="status" className="sk-tags">
        {isChecking ? (
          <>
            <Spinner size="md" aria-label={t('policies.checking')} /> {t('policies.checking')}
          </>
        ) : (
          <>
            {count(findings, 'ERROR') > 0 && (
              <Label color="red">{t('policies.errors', { count: count(findings, 'ERROR') })}</Label>
            )}
            {count(findings, 'WARNING') > 0 && (
              <Label color="orange">{t('policies.warnings', { count: count(findings, 'WARNING') })}</Label>
            )}
            {count(findings, 'NOTE') > 0 && (
              <Label color="blue">{t('policies.notes', { count: count(findings, 'NOTE') })}</Label>
            )}
          </>
        )}
      </div>
      {!isChecking && findings.length === 0 && (
        <Notice isPlain variant="success" title={t('policies.clean')} />
      )}
      <ul className="sk-findings">
        {inOrder(findings).map((finding, index) => {
          const line = finding.line ?? 0;
          return (
            <li key={`${finding.code}/${line}/${finding.column ?? 0}/${index}`}>
              <Label isCompact {...LOOKS[finding.severity]}>
                {word('finding', finding.severity)}
              </Label>
              {line > 0 ? (
                <Button variant="link" isInline onClick={() => onGoTo(finding)} aria-label={t('policies.jump', { line })}>
                  {t('policies.line', { line })}
                </Button>
              ) : (
                <span className="sk-subtle">{t('policies.wholeDocument')}</span>
              )}
              <span className="sk-summary-text">{inWords(finding.message)}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
