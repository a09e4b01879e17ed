import { Button, Flex, FormSelect, FormSelectOption, Progress } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toProblem } from '../../../api/problem';
import { Notice } from '../../../ui/Notice';
import { ProblemAlert } from '../../../ui/ProblemAlert';
import { SimulationResult } from './SimulationResult';
import { useSimulation } from './useSimulation';

/** What the server takes at most is 92. */
const SPANS = [1, 7, 30, 92] as const;

/** Tries the draft on what really happened in the last days. */
export function SimulationPanel({ yaml, isReadable }: { yaml: string; isReadable: boolean }) {
  const { t } = useTranslation();
  const [days, setDays] = useState(30);
  const { simulation, start, cancel } = useSimulation();
  const isRunning = simulation.phase === 'running';
  return (
    <div className="sk-stack sk-tab">
      <p className="sk-subtle">{t('simulation.lead')}</p>
      <Flex gap={{ default: 'gapSm' }} alignItems={{ default: 'alignItemsCenter' }}>
        <label className="sk-filter" htmlFor="simulation-days">
          <span>{t('simulation.span')}</span>
          <FormSelect id="simulation-days" value={days} isDisabled={isRunning} onChange={(_event, chosen) => setDays(Number(chosen))}>
            {SPANS.map((span) => (
              <FormSelectOption key={span} value={span} label={t('simulation.days', { count: span })} />
            ))}
          </FormSelect>
        </label>
        {isRunning ? (
          <Button variant="secondary" onClick={cancel}>
            {t('common.cancel')}
          </Button>
        ) : (
          <Button variant="secondary" isDisabled={!isReadable} onClick={() => void start(yaml, days)}>
            {t('simulation.start')}
          </Button>
        )}
      </Flex>
      {!isReadable && <p className="sk-subtle">{t('simulation.notReadable')}</p>}
      {isRunning && (
        <Progress
          title={t('simulation.running')}
          value={simulation.total === 0 ? 0 : (100 * simulation.done) / simulation.total}
          label={t('simulation.progress', { done: simulation.done, total: simulation.total })}
          valueText={t('simulation.progress', { done: simulation.done, total: simulation.total })}
          size="sm"
        />
      )}
      <div role="status">
        {simulation.phase === 'cancelled' && <Notice isPlain variant="info" title={t('simulation.cancelled')} />}
        {simulation.phase === 'done' && simulation.yaml !== yaml && (
          <Notice variant="warning" isPlain title={t('simulation.stale')} />
        )}
      </div>
      {simulation.phase === 'failed' &&
        (toProblem(simulation.error).problem.code === 'busy' ? (
          <Notice variant="warning" title={t('simulation.busy')} />
        ) : (
          <ProblemAlert error={simulation.error} onRetry={() => void start(yaml, days)} />
        ))}
      {simulation.phase === 'done' && <SimulationResult report={simulation.report} days={days} />}
    </div>
  );
}
