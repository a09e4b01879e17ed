import { Flex, ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { REPORT_STAGES, type ReportStage } from '../../../api/model';
import { reportDraftQuery } from '../../../api/queries';
import { useMay } from '../../../app/session';
import { Loading } from '../../../ui/Loading';
import { PageFrame } from '../../../ui/PageFrame';
import { ProblemAlert } from '../../../ui/ProblemAlert';
import { useWord } from '../../../ui/words';
import { DraftForm } from './DraftForm';
import { stageOf, wordOf } from './stage';

/** What the city hands in to the commission, item by item. */
export function ReportDraftPage() {
  const { t, i18n } = useTranslation();
  const word = useWord();
  const navigate = useNavigate();
  const params = useParams();
  const id = Number(params.id);
  const stage = stageOf(params.stage);
  const draft = useQuery(reportDraftQuery(id, stage, i18n.language));
  const mayWrite = useMay('respond');
  return (
    <PageFrame title={t('reportDraft.title', { stage: word('reportStage', stage), id })} lead={t('reportDraft.lead')}>
      <div className="sk-stack">
        <Flex gap={{ default: 'gapMd' }} alignItems={{ default: 'alignItemsCenter' }}>
          <Link to={`/incidents/${id}`}>{t('reportDraft.back', { id })}</Link>
          <ToggleGroup aria-label={t('reportDraft.stage')}>
            {REPORT_STAGES.map((one: ReportStage) => (
              <ToggleGroupItem
                key={one}
                text={word('reportStage', one)}
                isSelected={one === stage}
                onChange={() => void navigate(`/incidents/${id}/report/${wordOf(one)}`)}
              />
            ))}
          </ToggleGroup>
        </Flex>
        {draft.isError && <ProblemAlert error={draft.error} onRetry={() => void draft.refetch()} />}
        {draft.isPending && <Loading />}
        {draft.data !== undefined && (
          <DraftForm key={`${id}/${stage}/${i18n.language}`} newest={draft.data} mayWrite={mayWrite} />
        )}
      </div>
    </PageFrame>
  );
}
