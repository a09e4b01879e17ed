import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { Segment } from '../../api/model';
import { policiesQuery, policyQuery, templatesQuery } from '../../api/queries';
import { NotFoundPage } from '../../app/NotFoundPage';
import { Loading } from '../../ui/Loading';
import { PageFrame } from '../../ui/PageFrame';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useWord } from '../../ui/words';
import { Draft } from './Draft';
import { segmentOfPath } from './segment';

/** Writes a segment's next revision, from the running one or from a template. */
export function EditorPage() {
  const segment = segmentOfPath(useParams()['segment']);
  return segment === undefined ? <NotFoundPage /> : <Editor key={segment} segment={segment} />;
}

function Editor({ segment }: { segment: Segment }) {
  const { t } = useTranslation();
  const word = useWord();
  const policies = useQuery({ ...policiesQuery, refetchInterval: false });
  const current = policies.data?.items.find((one) => one.segment === segment && one.current);
  const running = useQuery({
    ...policyQuery(segment, current?.revision ?? 0),
    enabled: current !== undefined,
  });
  const templates = useQuery({ ...templatesQuery, enabled: policies.isSuccess && current === undefined });
  const error = policies.error ?? running.error ?? templates.error;
  const start =
    current === undefined ? templates.data?.find((one) => one.segment === segment)?.yaml : (running.data?.yaml ?? undefined);
  const isReady = start !== undefined || (current === undefined && templates.isSuccess);

  return (
    <PageFrame
      title={t('policies.editorTitle', { segment: word('segment', segment) })}
      lead={current === undefined ? t('policies.editingNew') : t('policies.editing', { revision: current.revision })}
    >
      {error !== null && <ProblemAlert error={error} onRetry={() => void policies.refetch()} />}
      {error === null && !isReady && <Loading />}
      {isReady && <Draft segment={segment} start={start ?? ''} base={current?.revision ?? 0} />}
    </PageFrame>
  );
}
