import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client, read } from '../../api/client';
import type { Alarm } from '../../api/model';
import { ReasonModal } from '../../ui/ReasonModal';
import { useWord } from '../../ui/words';

/** That somebody has seen an alarm, and what they made of it. */
export function Acknowledge({ alarm, what, onClose }: { alarm: Alarm; what: string; onClose: () => void }) {
  const { t } = useTranslation();
  const word = useWord();
  const queries = useQueryClient();
  const acknowledge = useMutation({
    mutationFn: (note: string) =>
      read<Alarm>(
        client.POST('/api/v1/alarms/{id}/acknowledgement', {
          params: { path: { id: alarm.id } },
          body: { note, version: alarm.version },
        }),
      ),
    onSuccess: onClose,
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['alarms'] }),
        queries.invalidateQueries({ queryKey: ['overview'] }),
      ]),
  });
  return (
    <ReasonModal
      title={t('alarms.acknowledgeTitle')}
      body={
        <p>
          {alarm.host}: {word('alarmKind', alarm.kind)} {what}
          {alarm.kind === 'RECORD_LOST' && <span className="sk-subtle"> {t('alarms.endsByIt')}</span>}
        </p>
      }
      reasonLabel={t('alarms.note')}
      reasonHelp={t('alarms.noteHelp')}
      confirm={t('alarms.acknowledge')}
      isBusy={acknowledge.isPending}
      error={acknowledge.error}
      onConfirm={(note) => acknowledge.mutate(note)}
      onClose={onClose}
    />
  );
}
