import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AlarmCounts, AlarmKind, Overview } from '../../api/model';
import { useMay } from '../../app/session';
import { SeverityLabel } from '../../ui/labels';
import { When } from '../../ui/When';
import { useBilingual, useWord } from '../../ui/words';

/** What needs a hand now, in four figures that each lead to what they count. */
export function Glance({ overview }: { overview: Overview }) {
  return (
    <div className="sk-glance">
      <Enforcing terminals={overview.terminals} />
      <OpenAlarms alarms={overview.alarms} />
      <OpenIncidents overview={overview} />
      <Permits permits={overview.permits} />
    </div>
  );
}

function Enforcing({ terminals }: { terminals: Overview['terminals'] }) {
  const { t } = useTranslation();
  const mayEnrol = useMay('enrol');
  const { total, enforced, lagging, failed } = terminals;
  return (
    <Card isCompact isFullHeight>
      <CardTitle component="h2">
        <Link to="/terminals">{t('overview.terminals')}</Link>
      </CardTitle>
      <CardBody>
        {total === 0 ? (
          <>
            <p className="sk-subtle">{t('overview.noTerminals')}</p>
            {mayEnrol && <Link to="/enrolment-tokens">{t('overview.enrol')}</Link>}
          </>
        ) : (
          <>
            <div className="sk-figure">
              {enforced}
              <small>{t('overview.enforcedOf', { total })}</small>
            </div>
            <div className="sk-meter" aria-hidden>
              <span className="sk-meter-enforced" style={{ flexGrow: enforced }} />
              <span className="sk-meter-lagging" style={{ flexGrow: lagging }} />
              <span className="sk-meter-failed" style={{ flexGrow: failed }} />
            </div>
            <div className="sk-glance-links">
              <Link to="/terminals?show=lagging">{t('overview.lagging', { count: lagging })}</Link>
              <Link to="/terminals?show=failed">{t('overview.failed', { count: failed })}</Link>
            </div>
          </>
        )}
      </CardBody>
    </Card>
  );
}

const FIGURES: readonly [AlarmKind, keyof AlarmCounts][] = [
  ['CHANNEL', 'channel'],
  ['RECORD_LOST', 'recordLost'],
  ['SILENT', 'silent'],
  ['CLOCK', 'clock'],
  ['JOURNAL_SHORT', 'journalShort'],
];

function OpenAlarms({ alarms }: { alarms: AlarmCounts }) {
  const { t } = useTranslation();
  const word = useWord();
  return (
    <Card isCompact isFullHeight className={alarms.open > 0 ? 'sk-alarm-lagging' : undefined}>
      <CardTitle component="h2">
        <Link to="/alarms">{t('overview.alarms')}</Link>
      </CardTitle>
      <CardBody>
        <div className="sk-figure">
          {alarms.open}
          <small>{alarms.open === 0 ? t('overview.noAlarms') : t('overview.unseen', { count: alarms.unseen })}</small>
        </div>
        <div className="sk-glance-links">
          {FIGURES.filter(([, figure]) => alarms[figure] > 0).map(([kind, figure]) => (
            <Link key={kind} to={`/alarms?kind=${kind}`}>
              {word('alarmKind', kind)} {alarms[figure]}
            </Link>
          ))}
        </div>
      </CardBody>
    </Card>
  );
}

function OpenIncidents({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const text = useBilingual();
  const { incidents, oldestIncident } = overview;
  return (
    <Card isCompact isFullHeight className={incidents.overdue > 0 ? 'sk-alarm-failed' : undefined}>
      <CardTitle component="h2">
        <Link to="/incidents">{t('overview.incidents')}</Link>
      </CardTitle>
      <CardBody>
        <div className="sk-figure">
          {incidents.open}
          <small>{incidents.open === 0 ? t('overview.noIncidents') : t('overview.overdue', { count: incidents.overdue })}</small>
        </div>
        {oldestIncident != null && (
          <div>
            <span className="sk-subtle">{t('overview.oldest')}: </span>
            <SeverityLabel severity={oldestIncident.severity} />{' '}
            <Link to={`/incidents/${oldestIncident.id}`}>{text(oldestIncident.title)}</Link>{' '}
            <span className="sk-subtle">
              <When at={oldestIncident.openedAt} relative />
            </span>
          </div>
        )}
      </CardBody>
    </Card>
  );
}

function Permits({ permits }: { permits: Overview['permits'] }) {
  const { t } = useTranslation();
  return (
    <Card isCompact isFullHeight>
      <CardTitle component="h2">
        <Link to="/permits?state=ACTIVE">{t('overview.permits')}</Link>
      </CardTitle>
      <CardBody>
        <div className="sk-figure">{permits.inForce}</div>
        <div className="sk-subtle">
          {permits.endingSoon > 0 ? t('overview.endingSoon', { count: permits.endingSoon }) : t('overview.noPermits')}
        </div>
      </CardBody>
    </Card>
  );
}
