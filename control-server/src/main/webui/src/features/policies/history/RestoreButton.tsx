import { Button } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { client, read } from '../../../api/client';
import type { PolicyRevision, Proposal } from '../../../api/model';
import { ReasonModal } from '../../../ui/ReasonModal';
import { pathOfSegment } from '../segment';

/** Goes back to what an earlier revision said, by a new one. */
export function RestoreButton({ policy }: { policy: PolicyRevision }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const { segment, revision } = policy;
  const restore = useMutation({
    mutationFn: (reason: string) =>
      read<PolicyRevision | Proposal>(
        client.POST('/api/v1/policies/{segment}/{revision}/restoration', { params: { path: { segment, revision } }, body: { reason } }),
      ),
    onSuccess: async (answer) => {
      await queries.invalidateQueries({ queryKey: ['policies'] });
      await queries.invalidateQueries({ queryKey: ['proposals'] });
      void navigate(
        'proposedBy' in answer ? `/proposals/${answer.id}` : `/policies/${pathOfSegment(segment)}/${answer.revision}?published`,
      );
    },
  });
  return (
    <>
      <Button variant="secondary" onClick={() => setAsking(true)}>
        {t('history.restore')}
      </Button>
      {isAsking && (
        <ReasonModal
          title={t('history.restoreTitle', { revision })}
          body={<p>{t('history.restoreBody')}</p>}
          reasonLabel={t('policies.reason')}
          reasonHelp={t('staging.reasonHelp')}
          confirm={t('history.restore')}
          isBusy={restore.isPending}
          error={restore.error}
          onConfirm={(reason) => restore.mutate(reason)}
          onClose={() => {
            setAsking(false);
            restore.reset();
          }}
        />
      )}
    </>
  );
}
