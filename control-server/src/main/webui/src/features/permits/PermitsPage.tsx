import { Button, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { PERMIT_STATES, type Permit } from '../../api/model';
import { mediumQuery, permitsQuery } from '../../api/queries';
import { useMay } from '../../app/session';
import { TerminalFilter } from '../events/TerminalFilter';
import { FilterSelect } from '../../ui/FilterSelect';
import { Loading } from '../../ui/Loading';
import { Nothing } from '../../ui/Nothing';
import { PageFrame } from '../../ui/PageFrame';
import { Pages } from '../../ui/Pages';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { SearchBox } from '../../ui/SearchBox';
import { SideDrawer } from '../../ui/SideDrawer';
import { useFilters } from '../../ui/useFilters';
import { useWord } from '../../ui/words';
import { GrantPermit } from './GrantPermit';
import { PermitDetail } from './PermitDetail';
import { PermitTable } from './PermitTable';

/** Who may take what out in spite of the rules, until when, and what was taken. */
export function PermitsPage() {
  const { t } = useTranslation();
  const word = useWord();
  const navigate = useNavigate();
  const { id } = useParams();
  const mayGrant = useMay('grantPermits');
  const filters = useFilters(['state', 'user', 'terminal']);
  // `grant` opens the dialog: `new`, or the id of a medium that the permit is for.
  const place = useFilters(['after', 'grant']);
  const { state, user, terminal } = filters.values;
  const { grant, after } = place.values;
  const medium = useQuery({ ...mediumQuery(grant), enabled: mayGrant && grant !== '' && grant !== 'new' });
  const permits = useQuery(permitsQuery({ state: PERMIT_STATES.find((one) => one === state), user, terminal, after }));
  const { set } = filters;
  const search = useCallback((text: string) => set('user', text), [set]);
  const open = (permit?: string) =>
    void navigate({ pathname: permit === undefined ? '/permits' : `/permits/${permit}`, search: filters.search });
  const granted = (permit: Permit) => void navigate(`/permits/${permit.id}`);
  const items = permits.data?.items ?? [];
  const button = mayGrant && <Button onClick={() => place.set('grant', 'new')}>{t('permits.grant')}</Button>;

  return (
    <PageFrame title={t('permits.title')} lead={t('permits.lead')} actions={button}>
      <SideDrawer
        isOpen={id !== undefined}
        label={t('permits.permit')}
        onClose={() => open()}
        panel={id !== undefined && <PermitDetail key={id} id={id} />}
      >
        <Toolbar>
          <ToolbarContent>
            <ToolbarItem>
              <SearchBox label={t('permits.searchLabel')} value={user} onSearch={search} />
            </ToolbarItem>
            <FilterSelect
              id="state"
              label={t('permits.state')}
              value={state}
              onChange={(chosen) => set('state', chosen)}
              options={PERMIT_STATES.map((value) => ({ value, text: word('permitState', value) }))}
            />
            {terminal !== '' && <TerminalFilter terminal={terminal} onClear={() => set('terminal', '')} />}
          </ToolbarContent>
        </Toolbar>
        {permits.isError && <ProblemAlert error={permits.error} onRetry={() => void permits.refetch()} />}
        {permits.isPending && <Loading />}
        {permits.data !== undefined &&
          (items.length > 0 ? (
            <PermitTable permits={items} selected={id} onSelect={open} />
          ) : (
            <Nothing
              filtered={filters.isFiltered}
              title={t(filters.isFiltered ? 'permits.noMatchTitle' : 'permits.emptyTitle')}
              body={t(filters.isFiltered ? 'permits.noMatchBody' : 'permits.emptyBody')}
              onClear={filters.clear}
              action={button}
            />
          ))}
        {permits.data !== undefined && (
          <Pages next={permits.data.next} isFirst={after === ''} onGo={(next) => place.go('after', next)} />
        )}
      </SideDrawer>
      {mayGrant && grant !== '' && (grant === 'new' || medium.data !== undefined) && (
        <GrantPermit medium={medium.data} onClose={() => place.set('grant', '')} onGranted={granted} />
      )}
    </PageFrame>
  );
}
