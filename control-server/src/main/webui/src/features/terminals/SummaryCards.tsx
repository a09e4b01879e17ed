import { Card, CardBody, CardHeader, CardTitle } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import type { TerminalSummary } from '../../api/model';

interface SummaryCardsProps {
  summary: TerminalSummary;
  shown: string;
  onShow: (standing: string) => void;
}

/** The figures that a head of division asks for. Those that need a person lead to the terminals concerned. */
export function SummaryCards({ summary, shown, onShow }: SummaryCardsProps) {
  const { t } = useTranslation();
  const total = t('terminals.summaryOf', { total: summary.total });

  const figure = (id: string, title: string, count: number, alarm?: 'failed' | 'lagging' | 'waiting' | 'alarmed') => (
    <Card
      key={id}
      isCompact
      isClickable={alarm !== undefined}
      isSelected={alarm !== undefined && shown === alarm}
      className={alarm !== undefined && count > 0 ? `sk-alarm-${alarm}` : undefined}
    >
      <CardHeader
        selectableActions={
          alarm === undefined
            ? undefined
            : {
                onClickAction: () => onShow(shown === alarm ? '' : alarm),
                selectableActionAriaLabelledby: `figure-${id}`,
                selectableActionId: `show-${id}`,
              }
        }
      >
        <CardTitle id={`figure-${id}`}>{title}</CardTitle>
      </CardHeader>
      <CardBody className="sk-figure">
        {count}
        <small>{total}</small>
      </CardBody>
    </Card>
  );

  return (
    <div className="sk-cards">
      {figure('connected', t('terminals.summaryConnected'), summary.connected)}
      {figure('enforced', t('terminals.summaryEnforced'), summary.enforced)}
      {figure('lagging', t('terminals.summaryLagging'), summary.lagging, 'lagging')}
      {figure('failed', t('terminals.summaryRefused'), summary.failed, 'failed')}
      {summary.alarmed > 0 && figure('alarmed', t('alarms.terminals'), summary.alarmed, 'alarmed')}
      {summary.waiting > 0 && figure('waiting', t('terminals.summaryWaiting'), summary.waiting, 'waiting')}
    </div>
  );
}
