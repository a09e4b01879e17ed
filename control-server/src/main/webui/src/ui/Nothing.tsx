import { Button, EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter } from '@patternfly/react-core';
import { CubesIcon, SearchIcon } from '@patternfly/react-icons';
import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';

interface NothingProps {
  /** Whether filters are set: then there may be something without them. */
  filtered: boolean;
  title: string;
  body: string;
  onClear?: () => void;
  action?: ReactNode;
}

/** An empty list says why it is empty and what to do. */
export function Nothing({ filtered, title, body, onClear, action }: NothingProps) {
  const { t } = useTranslation();
  return (
    <EmptyState titleText={title} headingLevel="h2" icon={filtered ? SearchIcon : CubesIcon} variant="sm">
      <EmptyStateBody>{body}</EmptyStateBody>
      <EmptyStateFooter>
        <EmptyStateActions>
          {filtered && onClear !== undefined && (
            <Button variant="link" onClick={onClear}>
              {t('common.clearFilters')}
            </Button>
          )}
          {!filtered && action}
        </EmptyStateActions>
      </EmptyStateFooter>
    </EmptyState>
  );
}
