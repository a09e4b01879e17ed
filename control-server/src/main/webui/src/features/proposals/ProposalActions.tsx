import { Button, Flex } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../api/client';
import type { Proposal } from '../../api/model';
import { useMay } from '../../app/session';
import { ConfirmModal } from '../../ui/ConfirmModal';
import { Notice } from '../../ui/Notice';
import { ReasonModal } from '../../ui/ReasonModal';

type Answer = 'approve' | 'refuse' | 'withdraw';

/** Consent or refusal by a second person; the author may only take it back. */
export function ProposalActions({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation();
  const mayApprove = useMay('approve');
  const mayPublish = useMay('publish');
  const queries = useQueryClient();
  const [asking, setAsking] = useState<Answer>();
  const path = { params: { path: { id: proposal.id } } };
  const answer = useMutation({
    mutationFn: async ({ how, reason }: { how: Answer; reason: string }): Promise<void> => {
      switch (how) {
        case 'approve':
          await client.POST('/api/v1/policy-proposals/{id}/approval', { ...path, body: {} });
          break;
        case 'refuse':
          await client.POST('/api/v1/policy-proposals/{id}/refusal', { ...path, body: { reason } });
          break;
        case 'withdraw':
          await client.POST('/api/v1/policy-proposals/{id}/withdrawal', { ...path, body: {} });
      }
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['proposals'] });
      await queries.invalidateQueries({ queryKey: ['policies'] });
      setAsking(undefined);
    },
  });
  const close = () => {
    setAsking(undefined);
    answer.reset();
  };
  return (
    <div className="sk-stack">
      {proposal.mine && <Notice variant="info" isPlain title={t('proposals.ownWaits')} />}
      {!proposal.mine && !mayApprove && <p className="sk-subtle">{t('common.readOnly')}</p>}
      <Flex gap={{ default: 'gapSm' }}>
        {!proposal.mine && mayApprove && (
          <>
            <Button onClick={() => setAsking('approve')}>{t('proposals.approve')}</Button>
            <Button variant="secondary" onClick={() => setAsking('refuse')}>
              {t('proposals.refuse')}
            </Button>
          </>
        )}
        {proposal.mine && mayPublish && (
          <Button variant="secondary" onClick={() => setAsking('withdraw')}>
            {t('proposals.withdraw')}
          </Button>
        )}
      </Flex>
      {asking === 'refuse' && (
        <ReasonModal
          title={t('proposals.refuseTitle')}
          reasonLabel={t('policies.reason')}
          reasonHelp={t('proposals.refuseHelp')}
          confirm={t('proposals.refuse')}
          isBusy={answer.isPending}
          error={answer.error}
          onConfirm={(reason) => answer.mutate({ how: 'refuse', reason })}
          onClose={close}
        />
      )}
      {(asking === 'approve' || asking === 'withdraw') && (
        <ConfirmModal
          title={t(`proposals.${asking}Title`)}
          body={t(`proposals.${asking}Body`)}
          confirm={t(`proposals.${asking}`)}
          isBusy={answer.isPending}
          error={answer.error}
          onConfirm={() => answer.mutate({ how: asking, reason: '' })}
          onClose={close}
        />
      )}
    </div>
  );
}
