import { Button, Switch } from '@patternfly/react-core';
import { ArrowDownIcon, ArrowUpIcon } from '@patternfly/react-icons';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import type { IncidentRule, Severity } from '../../api/model';
import { SeverityLabel } from '../../ui/labels';
import { formatNumber } from '../../ui/numbers';
import { useWord } from '../../ui/words';
import { moved } from './ruleDraft';
import type { Preview } from './Trial';

interface RuleTableProps {
  rules: readonly IncidentRule[];
  preview: Preview | undefined;
  mayChange: boolean;
  onChange: (rules: readonly IncidentRule[]) => void;
  onEdit: (index: number) => void;
}

/** The rules in the order in which they are asked. */
export function RuleTable({ rules, preview, mayChange, onChange, onEdit }: RuleTableProps) {
  const { t, i18n } = useTranslation();
  const word = useWord();
  const tried = new Map(preview?.result.rules.map((line) => [line.rule, line]));
  const replaced = (index: number, rule: IncidentRule) => rules.map((one, at) => (at === index ? rule : one));
  return (
    <Table aria-label={t('incidentRules.title')} variant="compact">
      <Thead>
        <Tr>
          <Th>{t('incidentRules.order')}</Th>
          <Th>{t('incidentRules.rule')}</Th>
          <Th>{t('incidentRules.about')}</Th>
          <Th>{t('incidentRules.least')}</Th>
          <Th>{t('incidentRules.opens')}</Th>
          <Th>{t('incidentRules.respond')}</Th>
          <Th>{t('incidentRules.enabled')}</Th>
          {preview !== undefined && <Th>{t('incidentRules.triedDays', { days: preview.days })}</Th>}
          {mayChange && <Th screenReaderText={t('incidentRules.actions')} />}
        </Tr>
      </Thead>
      <Tbody>
        {rules.map((rule, index) => {
          const line = tried.get(rule.id);
          return (
            <Tr key={rule.id}>
              <Td dataLabel={t('incidentRules.order')} className="sk-number">
                {index + 1}
              </Td>
              <Td dataLabel={t('incidentRules.rule')}>
                {mayChange ? (
                  <Button variant="link" isInline onClick={() => onEdit(index)}>
                    {rule.name}
                  </Button>
                ) : (
                  rule.name
                )}
                <div className="sk-subtle sk-mono">{rule.id}</div>
              </Td>
              <Td dataLabel={t('incidentRules.about')}>
                {rule.kinds.length === 0 ? t('incidentRules.allButAttempts') : rule.kinds.map((kind) => word('incidentKind', kind)).join('、')}
                {rule.channels.length > 0 && <div className="sk-subtle">{rule.channels.map((one) => word('channel', one)).join('、')}</div>}
                {rule.verdicts.length > 0 && <div className="sk-subtle">{rule.verdicts.map((one) => word('verdict', one)).join('、')}</div>}
              </Td>
              <Td dataLabel={t('incidentRules.least')}>
                <SeverityLabel severity={rule.leastSeverity as Severity} />
              </Td>
              <Td dataLabel={t('incidentRules.opens')}>
                {rule.threshold === 1
                  ? t('incidentRules.atFirst')
                  : t('incidentRules.atMany', { threshold: rule.threshold, minutes: rule.windowMinutes })}
                <div className="sk-subtle">{t('incidentRules.joins', { minutes: rule.joinMinutes })}</div>
              </Td>
              <Td dataLabel={t('incidentRules.respond')} className="sk-nowrap">
                {t('incidentRules.hours', { hours: rule.respondHours })}
              </Td>
              <Td dataLabel={t('incidentRules.enabled')}>
                <Switch
                  id={`rule-${rule.id}-enabled`}
                  aria-label={t('incidentRules.enabledOf', { name: rule.name })}
                  isChecked={rule.enabled}
                  isDisabled={!mayChange}
                  onChange={(_event, enabled) => onChange(replaced(index, { ...rule, enabled }))}
                />
              </Td>
              {preview !== undefined && (
                <Td dataLabel={t('incidentRules.triedDays', { days: preview.days })} className="sk-nowrap">
                  {line !== undefined &&
                    t('incidentRules.triedLine', {
                      incidents: formatNumber(line.incidents, i18n.language),
                      attempts: formatNumber(line.attempts, i18n.language),
                    })}
                </Td>
              )}
              {mayChange && (
                <Td isActionCell>
                  <div className="sk-tags">
                    <Button variant="plain" icon={<ArrowUpIcon />} isDisabled={index === 0} aria-label={t('incidentRules.up', { name: rule.name })} onClick={() => onChange(moved(rules, index, -1))} />
                    <Button variant="plain" icon={<ArrowDownIcon />} isDisabled={index === rules.length - 1} aria-label={t('incidentRules.down', { name: rule.name })} onClick={() => onChange(moved(rules, index, 1))} />
                    <Button variant="link" isInline isDanger aria-label={t('incidentRules.removeOf', { name: rule.name })} onClick={() => onChange(rules.filter((_one, at) => at !== index))}>
                      {t('incidentRules.remove')}
                    </Button>
                  </div>
                </Td>
              )}
            </Tr>
          );
        })}
      </Tbody>
    </Table>
  );
}
