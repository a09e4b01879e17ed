import { Button, Flex, Title } from '@patternfly/react-core';
import { Td, Tr } from '@patternfly/react-table';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../api/client';
import type { OrgUnit, TerminalGroup } from '../../api/model';
import { groupsQuery, orgUnitsQuery } from '../../api/queries';
import { useMay } from '../../app/session';
import { Loading } from '../../ui/Loading';
import { Nothing } from '../../ui/Nothing';
import { PageFrame } from '../../ui/PageFrame';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useRemoval } from '../../ui/useRemoval';
import { useWord } from '../../ui/words';
import { GroupModal } from './GroupModal';
import { Acts, Count, Listing } from './Listing';
import { SAMPLE_UNITS } from './sampleUnits';
import { UnitModal, type UnitAct } from './UnitModal';

/** Divisions as a tree, and groups of terminals that lie across it. */
export function OrganisationPage() {
  const { t } = useTranslation();
  return (
    <PageFrame title={t('organisation.title')} lead={t('organisation.lead')}>
      <div className="sk-stack">
        <Units />
        <Groups />
      </div>
    </PageFrame>
  );
}

function Units() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const mayOrganise = useMay('organise');
  const units = useQuery(orgUnitsQuery);
  const [act, setAct] = useState<UnitAct>();
  const refresh = () => queries.invalidateQueries({ queryKey: ['org-units'] });
  const sample = useMutation({
    mutationFn: () => client.POST('/api/v1/org-units', { body: { paths: [...SAMPLE_UNITS] } }),
    onSuccess: refresh,
  });
  const removal = useRemoval<OrgUnit>({
    remove: ({ path }) => client.DELETE('/api/v1/org-units', { params: { query: { path } } }),
    stale: ['org-units'],
    texts: ({ path }) => ({ title: t('organisation.removeTitle', { unit: path }), body: t('organisation.removeBody'), confirm: t('organisation.remove') }),
  });
  const items = units.data?.items ?? [];
  const add = mayOrganise && (
    <Button variant="primary" onClick={() => setAct({ kind: 'add', below: '' })}>
      {t('organisation.add')}
    </Button>
  );
  return (
    <section className="sk-stack" aria-labelledby="units-title">
      <Flex justifyContent={{ default: 'justifyContentSpaceBetween' }}>
        <Title headingLevel="h2" id="units-title">
          {t('organisation.units')}
        </Title>
        {items.length > 0 && add}
      </Flex>
      {units.isPending && <Loading />}
      {units.isError && <ProblemAlert error={units.error} onRetry={() => void units.refetch()} />}
      {sample.isError && <ProblemAlert error={sample.error} />}
      {units.data !== undefined && items.length === 0 && (
        <Nothing
          filtered={false}
          title={t('organisation.emptyTitle')}
          body={t('organisation.emptyBody')}
          action={
            mayOrganise && (
              <>
                {add}
                <Button variant="secondary" onClick={() => sample.mutate()} isLoading={sample.isPending} isDisabled={sample.isPending}>
                  {t('organisation.sample')}
                </Button>
              </>
            )
          }
        />
      )}
      {items.length > 0 && (
        <Listing labelledBy="units-title" headings={[t('organisation.unit'), t('organisation.terminals')]} hasActs={mayOrganise}>
          {items.map((unit) => {
            const levels = unit.path.split('/');
            return (
              <Tr key={unit.path}>
                <Td dataLabel={t('organisation.unit')}>
                  <span className={`sk-level-${Math.min(levels.length, 8)}`} title={unit.path}>
                    {levels.at(-1)}
                  </span>
                </Td>
                <Count name={unit.path} count={unit.terminals} to={`/terminals?unit=${encodeURIComponent(unit.path)}`} />
                {mayOrganise && (
                  <Acts
                    acts={[
                      { text: t('organisation.addBelow'), label: t('organisation.addBelowOf', { unit: unit.path }), onClick: () => setAct({ kind: 'add', below: unit.path }) },
                      { text: t('organisation.rename'), label: t('organisation.renameOf', { unit: unit.path }), onClick: () => setAct({ kind: 'rename', path: unit.path }) },
                    ]}
                    removal={{ name: unit.path, isDisabled: unit.terminals > 0, onClick: () => removal.ask(unit) }}
                  />
                )}
              </Tr>
            );
          })}
        </Listing>
      )}
      {act !== undefined && <UnitModal act={act} onClose={() => setAct(undefined)} />}
      {removal.dialog}
    </section>
  );
}

function Groups() {
  const { t } = useTranslation();
  const mayOrganise = useMay('organise');
  const groups = useQuery(groupsQuery);
  const [edited, setEdited] = useState<TerminalGroup | 'new'>();
  const removal = useRemoval<TerminalGroup>({
    remove: ({ id }) => client.DELETE('/api/v1/terminal-groups/{id}', { params: { path: { id } } }),
    stale: groupsQuery.queryKey,
    texts: ({ name }) => ({ title: t('organisation.removeGroupTitle', { name }), body: t('organisation.removeGroupBody'), confirm: t('organisation.remove') }),
  });
  const items = groups.data?.items ?? [];
  const create = mayOrganise && (
    <Button variant="primary" onClick={() => setEdited('new')}>
      {t('organisation.createGroup')}
    </Button>
  );
  return (
    <section className="sk-stack sk-next-part" aria-labelledby="groups-title">
      <Flex justifyContent={{ default: 'justifyContentSpaceBetween' }}>
        <Title headingLevel="h2" id="groups-title">
          {t('organisation.groups')}
        </Title>
        {items.length > 0 && create}
      </Flex>
      {groups.isPending && <Loading />}
      {groups.isError && <ProblemAlert error={groups.error} onRetry={() => void groups.refetch()} />}
      {groups.data !== undefined && items.length === 0 && (
        <Nothing filtered={false} title={t('organisation.noGroupsTitle')} body={t('organisation.noGroupsBody')} action={create} />
      )}
      {items.length > 0 && (
        <Listing
          labelledBy="groups-title"
          headings={[t('organisation.groupName'), t('organisation.rule'), t('organisation.terminals')]}
          hasActs={mayOrganise}
        >
          {items.map((group) => (
            <Tr key={group.id}>
              <Td dataLabel={t('organisation.groupName')}>
                {group.name}
                <div className="sk-subtle">{group.note}</div>
              </Td>
              <Td dataLabel={t('organisation.rule')} className="sk-summary-text">
                <Rule group={group} />
              </Td>
              <Count name={group.name} count={group.terminals} to={`/terminals?group=${group.id}`} />
              {mayOrganise && (
                <Acts
                  acts={[{ text: t('organisation.edit'), label: t('organisation.editOf', { unit: group.name }), onClick: () => setEdited(group) }]}
                  removal={{ name: group.name, isDisabled: false, onClick: () => removal.ask(group) }}
                />
              )}
            </Tr>
          ))}
        </Listing>
      )}
      {edited !== undefined && <GroupModal group={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />}
      {removal.dialog}
    </section>
  );
}

/** What a terminal must be to belong to the group, and who was put into it. */
function Rule({ group }: { group: TerminalGroup }) {
  const { t } = useTranslation();
  const word = useWord();
  const parts = [
    [t('terminals.division'), group.orgUnit],
    [t('terminals.segment'), group.segment && word('segment', group.segment)],
    [t('terminals.host'), group.hostPattern],
    [t('terminals.agent'), group.versionPattern],
    [t('terminals.os'), group.osPattern],
  ].flatMap(([name, value]) => (value ? [`${name ?? ''}: ${value}`] : []));
  if (group.members.length > 0) {
    parts.push(t('organisation.byHand', { count: group.members.length }));
  }
  return <>{parts.length === 0 ? t('common.none') : parts.join(' / ')}</>;
}
