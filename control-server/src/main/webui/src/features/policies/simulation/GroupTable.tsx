import { Button, Modal, ModalBody, ModalHeader } from '@patternfly/react-core';
import { ExpandableRowContent, Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SimulationGroup } from '../../../api/model';
import { VerdictLabel } from '../../../ui/labels';
import { formatNumber } from '../../../ui/numbers';
import { useHosts } from '../../../ui/useHosts';
import { useWord } from '../../../ui/words';
import { EventDetail } from '../../events/EventDetail';
import type { Grouping, Tally } from './tally';

/** One row a division, channel or rule; opened, it shows how the acts would end, and leads to the events themselves. */
export function GroupTable({ by, tallies }: { by: Grouping; tallies: readonly Tally[] }) {
  const { t, i18n } = useTranslation();
  const word = useWord();
  const [open, setOpen] = useState<readonly string[]>([]);
  const [event, setEvent] = useState<{ terminal: string; seq: number }>();
  const number = (value: number) => (value === 0 ? t('common.none') : formatNumber(value, i18n.language));
  const nameOf = ({ name }: Tally) => {
    if (by === 'channel') {
      return word('channel', name);
    }
    return name !== '' ? name : t(by === 'rule' ? 'events.defaultRule' : 'simulation.noDivision');
  };
  return (
    <>
      <Table aria-label={t(`simulation.by.${by}`)} variant="compact">
        <Thead>
          <Tr>
            <Th screenReaderText={t('simulation.expand')} />
            <Th>{t(`simulation.by.${by}`)}</Th>
            <Th>{t('simulation.stopped')}</Th>
            <Th>{t('simulation.allowed')}</Th>
            <Th>{t('simulation.otherwise')}</Th>
          </Tr>
        </Thead>
        {tallies.map((tally, index) => {
          const isOpen = open.includes(`${by}/${tally.name}`);
          return (
            <Tbody key={tally.name} isExpanded={isOpen}>
              <Tr>
                <Td
                  expand={{
                    rowIndex: index,
                    isExpanded: isOpen,
                    expandId: `simulation-${by}`,
                    onToggle: () =>
                      setOpen((before) =>
                        isOpen ? before.filter((one) => one !== `${by}/${tally.name}`) : [...before, `${by}/${tally.name}`],
                      ),
                  }}
                />
                <Td dataLabel={t(`simulation.by.${by}`)}>{nameOf(tally)}</Td>
                <Td dataLabel={t('simulation.stopped')} className="sk-number">{number(tally.stopped)}</Td>
                <Td dataLabel={t('simulation.allowed')} className="sk-number">{number(tally.allowed)}</Td>
                <Td dataLabel={t('simulation.otherwise')} className="sk-number">{number(tally.otherwise)}</Td>
              </Tr>
              {isOpen && (
                <Tr isExpanded>
                  <Td colSpan={5}>
                    <ExpandableRowContent>
                      <ul className="sk-findings">
                        {tally.groups.map((group, place) => (
                          <GroupItem key={place} group={group} onOpen={setEvent} />
                        ))}
                      </ul>
                    </ExpandableRowContent>
                  </Td>
                </Tr>
              )}
            </Tbody>
          );
        })}
      </Table>
      {event !== undefined && <EventModal event={event} onClose={() => setEvent(undefined)} />}
    </>
  );
}

interface GroupItemProps {
  group: SimulationGroup;
  onOpen: (event: { terminal: string; seq: number }) => void;
}

function GroupItem({ group, onOpen }: GroupItemProps) {
  const { t, i18n } = useTranslation();
  const word = useWord();
  const hostOf = useHosts(group.examples.map((example) => example.terminal));
  return (
    <li>
      <VerdictLabel verdict={group.before} />
      <span aria-label={t('simulation.becomes')}>→</span>
      <VerdictLabel verdict={group.after} />
      <span className="sk-summary-text">
        {t('simulation.group', {
          channel: word('channel', group.channel),
          division: group.orgUnit ?? t('simulation.noDivision'),
          acts: formatNumber(group.acts, i18n.language),
          people: formatNumber(group.people, i18n.language),
          terminals: formatNumber(group.terminals, i18n.language),
        })}
      </span>
      <span className="sk-subtle sk-summary-text">
        {t('simulation.rules', {
          before: group.ruleBefore ?? t('events.defaultRule'),
          after: group.ruleAfter ?? t('events.defaultRule'),
        })}
      </span>
      <span className="sk-tags">
        {group.examples.map((example) => (
          <Button
            key={`${example.terminal}/${example.seq}`}
            variant="link"
            isInline
            onClick={() => onOpen({ terminal: example.terminal, seq: example.seq })}
          >
            {t('simulation.event', { host: hostOf(example.terminal), seq: example.seq })}
          </Button>
        ))}
      </span>
      {group.acts > group.examples.length && <span className="sk-subtle">{t('simulation.newest')}</span>}
    </li>
  );
}

/** Over the draft, so that looking at an event doesn't lose what is being written. */
function EventModal({ event, onClose }: { event: { terminal: string; seq: number }; onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <Modal isOpen variant="medium" onClose={onClose} aria-labelledby={id}>
      <ModalHeader title={t('simulation.eventTitle')} labelId={id} />
      <ModalBody tabIndex={0}>
        <EventDetail terminal={event.terminal} seq={event.seq} />
      </ModalBody>
    </Modal>
  );
}
