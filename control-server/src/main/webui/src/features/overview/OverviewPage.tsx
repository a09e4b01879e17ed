import { Card, CardBody, CardTitle, ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AttemptLine, AttemptSeries, Overview } from '../../api/model';
import { overviewQuery } from '../../api/queries';
import { Loading } from '../../ui/Loading';
import { Notice } from '../../ui/Notice';
import { PageFrame } from '../../ui/PageFrame';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useFilters } from '../../ui/useFilters';
import { formatTime } from '../../ui/When';
import { useWord } from '../../ui/words';
import { useAlarmFeed } from '../alarms/useAlarmFeed';
import { RolloutBar } from '../policies/RolloutBar';
import { pathOfSegment } from '../policies/segment';
import { daysOf } from './attempts';
import { DayBars } from './DayBars';
import { Glance } from './Glance';
import { LineTable } from './LineTable';

const PERIODS = [7, 30, 90] as const;
const USUAL = 30;

/** What a head of division wants at a glance; where somebody starts. */
export function OverviewPage() {
  const { t, i18n } = useTranslation();
  const filters = useFilters(['days']);
  const days = PERIODS.find((period) => String(period) === filters.values.days) ?? USUAL;
  const overview = useQuery(overviewQuery(days));
  useAlarmFeed();
  return (
    <PageFrame
      title={t('overview.title')}
      lead={t('overview.lead')}
      actions={
        <ToggleGroup aria-label={t('overview.days')}>
          {PERIODS.map((period) => (
            <ToggleGroupItem
              key={period}
              text={t('overview.lastDays', { count: period })}
              buttonId={`days-${period}`}
              isSelected={period === days}
              onChange={() => filters.set('days', period === USUAL ? '' : String(period))}
            />
          ))}
        </ToggleGroup>
      }
    >
      {overview.isError && (
        <ProblemAlert
          error={overview.error}
          onRetry={() => void overview.refetch()}
          variant={overview.data === undefined ? 'danger' : 'warning'}
        />
      )}
      {overview.isError && overview.data !== undefined && (
        <Notice isPlain variant="warning" title={t('common.stale', { time: formatTime(new Date(overview.dataUpdatedAt), i18n.language) })} />
      )}
      {overview.isPending && <Loading />}
      {overview.data !== undefined && (
        <div className="sk-stack">
          <Glance overview={overview.data} />
          <Attempts attempts={overview.data.attempts} />
          <Rollout policies={overview.data.policies} />
        </div>
      )}
    </PageFrame>
  );
}

function Attempts({ attempts }: { attempts: AttemptSeries }) {
  const { t } = useTranslation();
  const word = useWord();
  const isEmpty = attempts.channels.length === 0;
  const divisionOf = ({ name }: AttemptLine) =>
    name === '' ? (
      <span className="sk-subtle">{t('overview.noDivision')}</span>
    ) : (
      <Link to={`/events?kind=ATTEMPT&orgUnit=${encodeURIComponent(name)}`}>{name}</Link>
    );
  return (
    <>
      <Card isCompact>
        <CardTitle component="h2">{t('overview.attempts')}</CardTitle>
        <CardBody>
          {isEmpty ? <p className="sk-subtle">{t('overview.noAttempts')}</p> : <DayBars days={daysOf(attempts)} />}
        </CardBody>
      </Card>
      {!isEmpty && (
        <div className="sk-halves">
          <Card isCompact isFullHeight>
            <CardTitle component="h2">{t('overview.byChannel')}</CardTitle>
            <CardBody>
              <LineTable
                title={t('overview.byChannel')}
                heading={t('overview.channel')}
                lines={attempts.channels}
                nameOf={({ name }) => <Link to={`/events?kind=ATTEMPT&channel=${name}`}>{word('channel', name)}</Link>}
              />
            </CardBody>
          </Card>
          <Card isCompact isFullHeight>
            <CardTitle component="h2">{t('overview.byDivision')}</CardTitle>
            <CardBody>
              <LineTable
                title={t('overview.byDivision')}
                heading={t('overview.division')}
                lines={attempts.divisions}
                nameOf={divisionOf}
              />
              {attempts.otherDivisions > 0 && (
                <p className="sk-subtle">{t('overview.otherDivisions', { count: attempts.otherDivisions })}</p>
              )}
            </CardBody>
          </Card>
        </div>
      )}
    </>
  );
}

function Rollout({ policies }: { policies: Overview['policies'] }) {
  const { t } = useTranslation();
  const word = useWord();
  return (
    <Card isCompact>
      <CardTitle component="h2">{t('overview.rollout')}</CardTitle>
      <CardBody>
        {policies.length === 0 ? (
          <p className="sk-subtle">{t('overview.noPolicies')}</p>
        ) : (
          <div className="sk-segments">
            {policies.map((policy) => (
              <div key={policy.segment}>
                <Link to={`/policies/${pathOfSegment(policy.segment)}/${policy.revision}`}>
                  {word('segment', policy.segment)} {t('policies.revision', { revision: policy.revision })}
                </Link>
                <RolloutBar counts={policy.rollout} />
              </div>
            ))}
          </div>
        )}
      </CardBody>
    </Card>
  );
}
