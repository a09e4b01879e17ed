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
import { RestoreButton } from './history/RestoreButton';
import { RevisionCompare } from './history/RevisionCompare';
import { SignedDownload } from './history/SignedDownload';
import { RolloutPanel } from './RolloutPanel';
import { pathOfSegment, segmentOfPath } from './segment';
import { StagePanel } from './staging/StagePanel';
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
  const revisions = useQuery(policiesQuery).data?.items.filter((one) => one.segment === segment) ?? [];
  const listed = revisions.find((one) => one.revision === revision);
  const isCurrent = listed?.current;
  // Whom it is meant for is as fresh as the list, its text as it was read.
  const stage = listed === undefined ? policy.data?.stage : listed.stage;
  const base = revisions.find((one) => one.revision < revision && (one.stage ?? { state: 'ALL' }).state === 'ALL')?.revision;
  return (
    <PageFrame
      title={t('policies.viewTitle', { segment: word('segment', segment), revision })}
      lead={policy.data?.name ?? ''}
      actions={
        mayPublish && isCurrent === true ? (
          <LinkButton to={`/policies/${pathOfSegment(segment)}`} variant="primary">
            {t('policies.edit')}
          </LinkButton>
        ) : mayPublish && isCurrent === false && policy.data !== undefined ? (
          <RestoreButton policy={policy.data} />
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
              {stage !== undefined && stage !== null && (
                <Card>
                  <CardTitle component="h2">{t('staging.title')}</CardTitle>
                  <CardBody>
                    <StagePanel policy={{ ...policy.data, current: isCurrent === true }} stage={stage} base={base} />
                  </CardBody>
                </Card>
              )}
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
                  [t('history.approvedBy'), policy.data.approvedBy],
                  [t('policies.reason'), policy.data.reason],
                ]}
              />
              <SignedDownload policy={policy.data} />
              {revisions.length > 1 && (
                <Card>
                  <CardTitle component="h2">{t('history.compareTitle')}</CardTitle>
                  <CardBody>
                    <RevisionCompare policy={policy.data} others={revisions.filter((one) => one.revision !== revision)} />
                  </CardBody>
                </Card>
              )}
            </div>
          </div>
        </div>
      )}
    </PageFrame>
  );
}
