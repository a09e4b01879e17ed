import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import type { Segment } from '../../api/model';
import { policiesQuery, policyQuery } from '../../api/queries';
import { NotFoundPage } from '../../app/NotFoundPage';
import { useMay } from '../../app/session';
import { Facts } from '../../ui/Facts';
import { LinkButton } from '../../ui/LinkButton';
import { Loading } from '../../ui/Loading';
import { PageFrame } from '../../ui/PageFrame';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { When } from '../../ui/When';
import { useWord } from '../../ui/words';
import { RolloutPanel } from './RolloutPanel';
import { pathOfSegment, segmentOfPath } from './segment';
import { YamlEditor } from './YamlEditor';
import { Notice } from '../../ui/Notice';

/** One revision: its text, who published it and why, and how it reaches the terminals. */
export function RevisionPage() {
  const params = useParams();
  const segment = segmentOfPath(params['segment']);
  const revision = Number(params['revision']);
  return segment === undefined || !Number.isSafeInteger(revision) || revision < 1 ? (
    <NotFoundPage />
  ) : (
    <Revision key={`${segment}/${revision}`} segment={segment} revision={revision} />
  );
}

function Revision({ segment, revision }: { segment: Segment; revision: number }) {
  const { t } = useTranslation();
  const word = useWord();
  const mayPublish = useMay('publish');
  const [params] = useSearchParams();
  const policy = useQuery(policyQuery(segment, revision));
  const isCurrent = useQuery(policiesQuery).data?.items.some(
    (one) => one.segment === segment && one.revision === revision && one.current,
  );
  return (
    <PageFrame
      title={t('policies.viewTitle', { segment: word('segment', segment), revision })}
      lead={policy.data?.name ?? ''}
      actions={
        mayPublish && isCurrent === true ? (
          <LinkButton to={`/policies/${pathOfSegment(segment)}`} variant="primary">
            {t('policies.edit')}
          </LinkButton>
        ) : undefined
      }
    >
      {policy.isPending && <Loading />}
      {policy.isError && <ProblemAlert error={policy.error} onRetry={() => void policy.refetch()} />}
      {policy.data !== undefined && (
        <div className="sk-stack">
          {params.has('published') && (
            <Notice variant="success" title={t('policies.published', { revision })} />
          )}
          <div className="sk-editor-layout">
            <YamlEditor initial={policy.data.yaml ?? ''} label={t('policies.editor')} />
            <div className="sk-stack">
              <Card>
                <CardTitle component="h2">{t('policies.rollout')}</CardTitle>
                <CardBody>
                  <RolloutPanel segment={segment} revision={revision} />
                </CardBody>
              </Card>
              <Facts
                facts={[
                  [t('policies.publishedAt'), <When key="at" at={policy.data.publishedAt} />],
                  [t('policies.publisher'), policy.data.publishedBy],
                  [t('policies.reason'), policy.data.reason],
                ]}
              />
            </div>
          </div>
        </div>
      )}
    </PageFrame>
  );
}
