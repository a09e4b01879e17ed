import { EmptyState, EmptyStateBody, PageSection } from '@patternfly/react-core';
import { SearchIcon } from '@patternfly/react-icons';
import { useTranslation } from 'react-i18next';
import { useDocumentTitle } from '../ui/useDocumentTitle';

export function NotFoundPage() {
  const { t } = useTranslation();
  useDocumentTitle(t('common.notFoundTitle'));
  return (
    <PageSection isFilled>
      <EmptyState titleText={t('common.notFoundTitle')} headingLevel="h1" icon={SearchIcon}>
        <EmptyStateBody>{t('common.notFoundBody')}</EmptyStateBody>
      </EmptyState>
    </PageSection>
  );
}
