import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { SEGMENTS } from '../../api/model';
import { policiesQuery, proposalsQuery } from '../../api/queries';
import { Loading } from '../../ui/Loading';
import { Notice } from '../../ui/Notice';
import { PageFrame } from '../../ui/PageFrame';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { SegmentCard } from './SegmentCard';

/** What each segment runs, how far it has come, and what ran before. */
export function PoliciesPage() {
  const { t } = useTranslation();
  const policies = useQuery(policiesQuery);
  const waiting = useQuery(proposalsQuery(true)).data?.items.length ?? 0;
  return (
    <PageFrame title={t('policies.title')} lead={t('policies.lead')}>
      {policies.isError && (
        <ProblemAlert
          error={policies.error}
          onRetry={() => void policies.refetch()}
          variant={policies.data === undefined ? 'danger' : 'warning'}
        />
      )}
      {waiting > 0 && (
        <Notice
          variant="info"
          className="sk-part"
          title={t('proposals.waiting', { count: waiting })}
          actionLinks={<Link to="/proposals">{t('proposals.look')}</Link>}
        />
      )}
      {policies.isPending && <Loading />}
      {policies.data !== undefined && (
        <div className="sk-segments">
          {SEGMENTS.map((segment) => (
            <SegmentCard
              key={segment}
              segment={segment}
              revisions={policies.data.items.filter((revision) => revision.segment === segment)}
            />
          ))}
        </div>
      )}
    </PageFrame>
  );
}
