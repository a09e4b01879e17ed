import { ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { IncidentCounts } from '../../api/model';
import { incidentCountsQuery, type IncidentFilter } from '../../api/queries';

/** Which part of the work list is shown; the address keeps it. */
export const QUEUES = {
  open: { text: 'incidents.queueOpen', count: 'open', filter: { open: true } },
  new: { text: 'incidents.queueNew', count: 'fresh', filter: { state: 'NEW' } },
  mine: { text: 'incidents.queueMine', count: 'mine', filter: { mine: true, open: true } },
  overdue: { text: 'incidents.queueOverdue', count: 'overdue', filter: { overdue: true } },
} as const satisfies Record<string, { text: string; count: keyof IncidentCounts; filter: IncidentFilter }>;

export type Queue = keyof typeof QUEUES;

export function isQueue(name: string): name is Queue {
  return name in QUEUES;
}

/** What is new, mine, overdue, with how many there are. */
export function QueueSwitch({ value, onChange }: { value: string; onChange: (queue: string) => void }) {
  const { t } = useTranslation();
  const counts = useQuery(incidentCountsQuery).data;
  return (
    <ToggleGroup aria-label={t('incidents.queue')}>
      <ToggleGroupItem text={t('incidents.queueAll')} isSelected={value === ''} onChange={() => onChange('')} />
      {(Object.keys(QUEUES) as Queue[]).map((queue) => {
        const name = t(QUEUES[queue].text);
        return (
          <ToggleGroupItem
            key={queue}
            text={counts === undefined ? name : t('incidents.queueCount', { name, count: counts[QUEUES[queue].count] })}
            isSelected={value === queue}
            onChange={() => onChange(queue)}
          />
        );
      })}
    </ToggleGroup>
  );
}
