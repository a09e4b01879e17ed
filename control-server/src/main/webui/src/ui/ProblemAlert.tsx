import { AlertActionLink, type AlertProps } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { toProblem, type ProblemError } from '../api/problem';
import { Notice } from './Notice';

interface ProblemAlertProps {
  error: unknown;
  onRetry?: () => void;
  variant?: AlertProps['variant'];
}

/** What went wrong, in plain words, with the server's own explanation and what to do. */
export function ProblemAlert({ error, onRetry, variant = 'danger' }: ProblemAlertProps) {
  const { t } = useTranslation();
  const problem = toProblem(error);
  const offline = problem.status === 0;
  const detail = offline ? undefined : problem.problem.detail;
  return (
    <Notice
            variant={variant}
      title={t(offline ? 'problem.offlineTitle' : 'problem.title')}
      actionLinks={
        onRetry === undefined ? undefined : <AlertActionLink onClick={onRetry}>{t('common.retry')}</AlertActionLink>
      }
    >
      <p>{t(adviceKey(problem))}</p>
      {detail !== undefined && detail !== '' && <p>{t('problem.said', { detail })}</p>}
    </Notice>
  );
}

export function adviceKey(problem: ProblemError) {
  switch (problem.status) {
    case 0:
      return 'problem.offline';
    case 401:
      return 'problem.signedOut';
    case 403:
      return 'problem.forbidden';
    case 404:
      return 'problem.missing';
    case 409:
      return 'problem.conflict';
    case 429:
      return 'problem.tooMany';
    default:
      return problem.status >= 500 ? 'problem.server' : 'problem.title';
  }
}
