import { Button } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import type { Incident } from '../../api/model';
import { IncidentStateLabel, OverdueLabel, SeverityLabel } from '../../ui/labels';
import { When } from '../../ui/When';
import { useBilingual } from '../../ui/words';
import { TagList } from './TagList';

interface IncidentTableProps {
  incidents: readonly Incident[];
  selected: number | undefined;
  onSelect: (id: number) => void;
}

export function IncidentTable({ incidents, selected, onSelect }: IncidentTableProps) {
  const { t } = useTranslation();
  const text = useBilingual();
  const isNarrow = selected !== undefined;
  return (
    <Table aria-label={t('incidents.table')} variant="compact">
      <Thead>
        <Tr>
          <Th>{t('incidents.number')}</Th>
          <Th>{t('incidents.severity')}</Th>
          <Th>{t('incidents.what')}</Th>
          <Th>{t('incidents.state')}</Th>
          {!isNarrow && <Th>{t('incidents.terminal')}</Th>}
          {!isNarrow && <Th>{t('incidents.user')}</Th>}
          {!isNarrow && <Th>{t('incidents.owner')}</Th>}
          {!isNarrow && <Th>{t('incidents.count')}</Th>}
          <Th>{t('incidents.last')}</Th>
        </Tr>
      </Thead>
      <Tbody>
        {incidents.map((incident) => (
          <Tr
            key={incident.id}
            isClickable
            isRowSelected={incident.id === selected}
            onRowClick={() => onSelect(incident.id)}
          >
            <Td dataLabel={t('incidents.number')} className="sk-number">
              {incident.id}
            </Td>
            <Td dataLabel={t('incidents.severity')}>
              <SeverityLabel severity={incident.severity} />
            </Td>
            <Td dataLabel={t('incidents.what')} className="sk-summary-text">
              <Button variant="link" isInline onClick={() => onSelect(incident.id)}>
                {text(incident.title)}
              </Button>
              <TagList tags={incident.tags} />
            </Td>
            <Td dataLabel={t('incidents.state')}>
              <div className="sk-tags">
                <IncidentStateLabel state={incident.state} />
                {incident.overdue && <OverdueLabel />}
              </div>
            </Td>
            {!isNarrow && (
              <Td dataLabel={t('incidents.terminal')}>{incident.host ?? incident.terminal}</Td>
            )}
            {!isNarrow && <Td dataLabel={t('incidents.user')}>{incident.user ?? t('common.none')}</Td>}
            {!isNarrow && (
              <Td dataLabel={t('incidents.owner')} className={incident.owner == null ? 'sk-subtle' : undefined}>
                {incident.owner ?? t('incidents.nobody')}
              </Td>
            )}
            {!isNarrow && (
              <Td dataLabel={t('incidents.count')} className="sk-number">
                {incident.count}
              </Td>
            )}
            <Td dataLabel={t('incidents.last')}>
              <When at={incident.lastAt} relative={isNarrow} />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
