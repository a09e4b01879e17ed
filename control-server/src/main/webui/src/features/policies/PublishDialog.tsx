import { Content } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client, read } from '../../api/client';
import type { Change, PolicyRevision, Segment } from '../../api/model';
import { policiesQuery } from '../../api/queries';
import { ReasonModal } from '../../ui/ReasonModal';
import { useWord } from '../../ui/words';
import { Notice } from '../../ui/Notice';

interface PublishDialogProps {
  segment: Segment;
  yaml: string;
  expectedCurrent: number;
  changes: readonly Change[];
  onPublished: (revision: number) => void;
  onClose: () => void;
}

/** Asks why, says plainly what loosens, publishes. */
export function PublishDialog({ segment, yaml, expectedCurrent, changes, onPublished, onClose }: PublishDialogProps) {
  const { t } = useTranslation();
  const word = useWord();
  const queries = useQueryClient();
  const publish = useMutation({
    mutationFn: (reason: string) => read<PolicyRevision>(client.POST('/api/v1/policies', { body: { yaml, reason, expectedCurrent } })),
    onSuccess: async (published) => {
      await queries.invalidateQueries({ queryKey: policiesQuery.queryKey });
      onPublished(published.revision);
    },
  });
  const loosening = changes.filter((change) => change.direction === 'LOOSENS').length;
  return (
    <ReasonModal
      title={t('policies.publishTitle', { segment: word('segment', segment) })}
      body={
        <div className="sk-stack">
          {loosening > 0 && (
            <Notice variant="warning" title={t('policies.publishLoosens', { count: loosening })} />
          )}
          <Content component="p">{t('policies.publishBody')}</Content>
        </div>
      }
      reasonLabel={t('policies.publishReason')}
      reasonHelp={t('policies.publishReasonHelp')}
      confirm={t('policies.publishConfirm')}
      isBusy={publish.isPending}
      error={publish.error}
      onConfirm={(reason) => publish.mutate(reason)}
      onClose={onClose}
    />
  );
}
