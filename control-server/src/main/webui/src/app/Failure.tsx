import { PageSection } from '@patternfly/react-core';
import { useRouteError } from 'react-router';
import { ProblemAlert } from '../ui/ProblemAlert';

/** What is shown when a page itself broke. */
export function Failure() {
  return (
    <PageSection isFilled>
      <ProblemAlert error={useRouteError()} onRetry={() => window.location.reload()} />
    </PageSection>
  );
}
