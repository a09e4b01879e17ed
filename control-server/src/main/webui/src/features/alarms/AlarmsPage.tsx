import { Button, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ALARM_KINDS } from '../../api/model';
import { alarmSettingsQuery, alarmsQuery } from '../../api/queries';
import { useMay } from '../../app/session';
import { FilterSelect } from '../../ui/FilterSelect';
import { Loading } from '../../ui/Loading';
import { Nothing } from '../../ui/Nothing';
import { Notice } from '../../ui/Notice';
import { PageFrame } from '../../ui/PageFrame';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useFilters } from '../../ui/useFilters';
import { useWord } from '../../ui/words';
import { AlarmSettingsModal } from './AlarmSettingsModal';
import { AlarmTable } from './AlarmTable';
import { useAlarmFeed } from './useAlarmFeed';

/** What is not as it should be with terminals. */
export function AlarmsPage() {
  const { t } = useTranslation();
  const word = useWord();
  const maySet = useMay('setAlarms');
  const filters = useFilters(['state', 'kind']);
  const { state, kind } = filters.values;
  // Without a choice, what still holds.
  const alarms = useQuery(alarmsQuery({ state: state === '' ? 'OPEN' : state === 'ALL' ? '' : state, kind }));
  const settings = useQuery(alarmSettingsQuery).data;
  const [isSetting, setSetting] = useState(false);
  useAlarmFeed();
  const items = alarms.data?.items ?? [];
  return (
    <PageFrame
      title={t('alarms.title')}
      lead={t('alarms.lead')}
      actions={
        maySet && (
          <Button variant="secondary" onClick={() => setSetting(true)} isDisabled={settings === undefined}>
            {t('alarms.settings')}
          </Button>
        )
      }
    >
      <Toolbar>
        <ToolbarContent>
          <FilterSelect
            id="state"
            label={t('alarms.state')}
            none={t('alarms.onlyOpen')}
            value={state}
            onChange={(next) => filters.set('state', next)}
            options={[
              { value: 'CLEARED', text: t('alarms.onlyCleared') },
              { value: 'ALL', text: t('common.all') },
            ]}
          />
          <FilterSelect
            id="kind"
            label={t('alarms.kind')}
            value={kind}
            onChange={(next) => filters.set('kind', next)}
            options={ALARM_KINDS.map((value) => ({ value, text: word('alarmKind', value) }))}
          />
          {settings !== undefined && (
            <ToolbarItem className="sk-subtle" alignSelf="center">
              {t(settings.workingHoursOnly ? 'alarms.silenceWorking' : 'alarms.silenceAlways', { count: settings.silentMinutes })}
            </ToolbarItem>
          )}
        </ToolbarContent>
      </Toolbar>
      {alarms.isError && <ProblemAlert error={alarms.error} onRetry={() => void alarms.refetch()} />}
      {alarms.isPending && <Loading />}
      {alarms.data !== undefined &&
        (items.length > 0 ? (
          <AlarmTable alarms={items} />
        ) : (
          <Nothing
            filtered={filters.isFiltered}
            title={t(filters.isFiltered ? 'alarms.noMatchTitle' : 'alarms.emptyTitle')}
            body={t(filters.isFiltered ? 'alarms.noMatchBody' : 'alarms.emptyBody')}
            onClear={filters.clear}
          />
        ))}
      {alarms.data?.next != null && <Notice isPlain variant="info" title={t('common.moreThanShown', { count: items.length })} />}
      {isSetting && settings !== undefined && <AlarmSettingsModal settings={settings} onClose={() => setSetting(false)} />}
    </PageFrame>
  );
}
