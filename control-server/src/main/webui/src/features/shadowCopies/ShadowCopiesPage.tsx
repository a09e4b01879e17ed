import { Toolbar, ToolbarContent } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { SHADOW_COPY_STATES } from '../../api/model';
import { shadowCopiesQuery } from '../../api/queries';
import { TerminalFilter } from '../events/TerminalFilter';
import { FilterSelect } from '../../ui/FilterSelect';
import { Loading } from '../../ui/Loading';
import { Nothing } from '../../ui/Nothing';
import { PageFrame } from '../../ui/PageFrame';
import { Pages } from '../../ui/Pages';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { SideDrawer } from '../../ui/SideDrawer';
import { useFilters } from '../../ui/useFilters';
import { useWord } from '../../ui/words';
import { ShadowCopyDetail } from './ShadowCopyDetail';
import { ShadowCopyTable } from './ShadowCopyTable';

/** Which enciphered copies there are, and who asks to read which. */
export function ShadowCopiesPage() {
  const { t } = useTranslation();
  const word = useWord();
  const navigate = useNavigate();
  const { id } = useParams();
  const filters = useFilters(['state', 'terminal']);
  const place = useFilters(['after']);
  const { state, terminal } = filters.values;
  const { after } = place.values;
  const copies = useQuery(shadowCopiesQuery({ state: SHADOW_COPY_STATES.find((one) => one === state), terminal, after }));
  const open = (copy?: string) =>
    void navigate({ pathname: copy === undefined ? '/shadow-copies' : `/shadow-copies/${copy}`, search: filters.search });
  const items = copies.data?.items ?? [];

  return (
    <PageFrame title={t('shadowCopies.title')} lead={t('shadowCopies.lead')}>
      <SideDrawer
        isOpen={id !== undefined}
        label={t('shadowCopies.copy')}
        onClose={() => open()}
        panel={id !== undefined && <ShadowCopyDetail key={id} id={id} />}
      >
        <Toolbar>
          <ToolbarContent>
            <FilterSelect
              id="state"
              label={t('shadowCopies.state')}
              value={state}
              onChange={(chosen) => filters.set('state', chosen)}
              options={SHADOW_COPY_STATES.map((value) => ({ value, text: word('shadowCopyState', value) }))}
            />
            {terminal !== '' && <TerminalFilter terminal={terminal} onClear={() => filters.set('terminal', '')} />}
          </ToolbarContent>
        </Toolbar>
        {copies.isError && <ProblemAlert error={copies.error} onRetry={() => void copies.refetch()} />}
        {copies.isPending && <Loading />}
        {copies.data !== undefined &&
          (items.length > 0 ? (
            <ShadowCopyTable copies={items} selected={id} onSelect={open} />
          ) : (
            <Nothing
              filtered={filters.isFiltered}
              title={t(filters.isFiltered ? 'shadowCopies.noMatchTitle' : 'shadowCopies.emptyTitle')}
              body={t(filters.isFiltered ? 'shadowCopies.noMatchBody' : 'shadowCopies.emptyBody')}
              onClear={filters.clear}
            />
          ))}
        {copies.data !== undefined && (
          <Pages next={copies.data.next} isFirst={after === ''} onGo={(next) => place.go('after', next)} />
        )}
      </SideDrawer>
    </PageFrame>
  );
}
