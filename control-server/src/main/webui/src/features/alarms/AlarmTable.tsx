import { Button } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Alarm } from '../../api/model';
import { useMay } from '../../app/session';
import { When } from '../../ui/When';
import { useWord } from '../../ui/words';
import { Acknowledge } from './Acknowledge';
import { AlarmKindLabel } from './AlarmKindLabel';

interface AlarmTableProps {
  alarms: readonly Alarm[];
  /** Of one terminal, beside its other facts. */
  isNarrow?: boolean;
}

export function AlarmTable({ alarms, isNarrow = false }: AlarmTableProps) {
  const { t } = useTranslation();
  const mayAcknowledge = useMay('respond');
  const what = useWhat();
  const [seen, setSeen] = useState<Alarm>();
  return (
    <>
      <Table aria-label={t('alarms.title')} variant="compact">
        <Thead>
          <Tr>
            <Th>{t('alarms.kind')}</Th>
            {!isNarrow && <Th>{t('alarms.terminal')}</Th>}
            <Th>{t('alarms.since')}</Th>
            <Th>{t('alarms.state')}</Th>
            {mayAcknowledge && <Th screenReaderText={t('alarms.acknowledge')} />}
          </Tr>
        </Thead>
        <Tbody>
          {alarms.map((alarm) => (
            <Tr key={alarm.id}>
              <Td dataLabel={t('alarms.kind')}>
                <AlarmKindLabel kind={alarm.kind} isOpen={alarm.clearedAt == null} />
                <div className="sk-summary-text sk-subtle">{what(alarm)}</div>
              </Td>
              {!isNarrow && (
                <Td dataLabel={t('alarms.terminal')}>
                  <Link to={`/terminals/${encodeURIComponent(alarm.terminal)}`}>{alarm.host}</Link>
                  <div className="sk-subtle sk-nowrap">{alarm.orgUnit}</div>
                </Td>
              )}
              <Td dataLabel={t('alarms.since')}>
                <When at={alarm.since} relative={alarm.clearedAt == null} />
              </Td>
              <Td dataLabel={t('alarms.state')} className="sk-summary-text">
                <State alarm={alarm} />
              </Td>
              {mayAcknowledge && (
                <Td isActionCell>
                  {alarm.acknowledgedAt == null && (
                    <Button
                      variant="secondary"
                      size="sm"
                      aria-label={t('alarms.acknowledgeOf', { host: alarm.host })}
                      onClick={() => setSeen(alarm)}
                    >
                      {t('alarms.acknowledge')}
                    </Button>
                  )}
                </Td>
              )}
            </Tr>
          ))}
        </Tbody>
      </Table>
      {seen !== undefined && <Acknowledge alarm={seen} what={what(seen)} onClose={() => setSeen(undefined)} />}
    </>
  );
}

function State({ alarm }: { alarm: Alarm }) {
  const { t } = useTranslation();
  return (
    <>
      {alarm.clearedAt == null ? (
        <span>{t('alarms.open')}</span>
      ) : (
        <span>
          {t('alarms.cleared')} <When at={alarm.clearedAt} />
        </span>
      )}
      {alarm.acknowledgedBy != null && (
        <div className="sk-subtle">{t('alarms.acknowledgedBy', { name: alarm.acknowledgedBy, note: alarm.note ?? '' })}</div>
      )}
    </>
  );
}

/** An alarm in a line, beside its kind. */
function useWhat(): (alarm: Alarm) => string {
  const { t, i18n } = useTranslation();
  const word = useWord();
  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 0 });
  return (alarm) => {
    switch (alarm.kind) {
      case 'CLOCK':
        return t(alarm.amount < 0 ? 'alarms.behind' : 'alarms.ahead', { seconds: number.format(Math.abs(alarm.amount) / 1000) });
      case 'RECORD_LOST':
        return `${t('alarms.lost', { records: number.format(alarm.amount) })} ${word('lossCause', alarm.detail)}`;
      case 'CHANNEL':
        return [word('channel', alarm.channel ?? ''), alarm.detail].filter((part) => part !== '').join(': ');
      case 'SILENT':
      case 'JOURNAL_SHORT':
        return alarm.detail;
    }
  };
}
