import { Content } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, read } from '../../api/client';
import type { Pilot, PolicyDiffResult, PolicyRevision, Proposal, Segment } from '../../api/model';
import { policiesQuery } from '../../api/queries';
import { Notice } from '../../ui/Notice';
import { ReasonModal } from '../../ui/ReasonModal';
import { useWord } from '../../ui/words';
import { PilotField } from './staging/PilotField';

interface PublishDialogProps {
  segment: Segment;
  yaml: string;
  expectedCurrent: number;
  difference: PolicyDiffResult;
  onPublished: (revision: number) => void;
  onProposed: (proposal: number) => void;
  onClose: () => void;
}

/** Asks why and to whom first, says plainly what loosens; publishes, or proposes where a second person must consent. */
export function PublishDialog({ segment, yaml, expectedCurrent, difference, onPublished, onProposed, onClose }: PublishDialogProps) {
  const { t } = useTranslation();
  const word = useWord();
  const queries = useQueryClient();
  const [pilot, setPilot] = useState<Pilot>();
  const publish = useMutation({
    mutationFn: (reason: string) =>
      read<PolicyRevision | Proposal>(
        client.POST('/api/v1/policies', { body: { yaml, reason, expectedCurrent, ...(pilot === undefined ? {} : { pilot }) } }),
      ),
    onSuccess: async (answer) => {
      await queries.invalidateQueries({ queryKey: policiesQuery.queryKey });
      await queries.invalidateQueries({ queryKey: ['proposals'] });
      if ('proposedBy' in answer) {
        onProposed(answer.id);
      } else {
        onPublished(answer.revision);
      }
    },
  });
  const loosening = difference.changes.filter((change) => change.direction === 'LOOSENS').length;
  const waits = difference.needsConsent;
  const isNobody = pilot !== undefined && pilot.units.length + pilot.terminals.length + pilot.groups.length === 0;
  return (
    <ReasonModal
      title={t(waits ? 'proposals.proposeTitle' : 'policies.publishTitle', { segment: word('segment', segment) })}
      body={
        <div className="sk-stack">
          {loosening > 0 && <Notice variant="warning" title={t('policies.publishLoosens', { count: loosening })} />}
          <Content component="p">{t(waits ? 'proposals.proposeBody' : 'policies.publishBody')}</Content>
          <PilotField segment={segment} value={pilot} onChange={setPilot} />
        </div>
      }
      reasonLabel={t('policies.publishReason')}
      reasonHelp={t('policies.publishReasonHelp')}
      confirm={t(waits ? 'proposals.propose' : 'policies.publishConfirm')}
      isBusy={publish.isPending || isNobody}
      error={publish.error}
      onConfirm={(reason) => publish.mutate(reason)}
      onClose={onClose}
    />
  );
}
