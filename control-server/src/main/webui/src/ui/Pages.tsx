import { Button } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';

interface PagesProps {
  /** Where the next page begins; null on the last one. */
  next: string | null;
  isFirst: boolean;
  onGo: (after: string) => void;
}

/** The way back from a later page is the browser's own, too: each page has its address. */
export function Pages({ next, isFirst, onGo }: PagesProps) {
  const { t } = useTranslation();
  if (isFirst && next === null) {
    return null;
  }
  return (
    <nav aria-label={t('common.pages')} className="sk-pages">
      <Button variant="link" isDisabled={isFirst} onClick={() => onGo('')}>
        {t('common.firstPage')}
      </Button>
      <Button variant="secondary" isDisabled={next === null} onClick={() => next !== null && onGo(next)}>
        {t('common.nextPage')}
      </Button>
    </nav>
  );
}
