import { Button, Label } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import type { Proposal } from '../../api/model';
import { proposalsQuery } from '../../api/queries';
import { Loading } from '../../ui/Loading';
import { Nothing } from '../../ui/Nothing';
import { PageFrame } from '../../ui/PageFrame';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { SideDrawer } from '../../ui/SideDrawer';
import { When } from '../../ui/When';
import { useWord } from '../../ui/words';
import { ProposalDetail } from './ProposalDetail';
import { ProposalState } from './ProposalState';

/** What loosens, and waits for a second person; and what became of it. */
export function ProposalsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const id = Number(useParams()['id']);
  const isOpen = Number.isSafeInteger(id) && id > 0;
  const proposals = useQuery(proposalsQuery(false));
  return (
    <PageFrame title={t('proposals.title')} lead={t('proposals.lead')}>
      <SideDrawer
        isOpen={isOpen}
        label={t('proposals.detail')}
        panel={isOpen && <ProposalDetail key={id} id={id} />}
        onClose={() => void navigate('/proposals')}
      >
        {proposals.isError && <ProblemAlert error={proposals.error} onRetry={() => void proposals.refetch()} />}
        {proposals.isPending && <Loading />}
        {proposals.data?.items.length === 0 && (
          <Nothing filtered={false} title={t('proposals.noneTitle')} body={t('proposals.noneBody')} />
        )}
        {proposals.data !== undefined && proposals.data.items.length > 0 && (
          <ProposalTable
            proposals={proposals.data.items}
            selected={isOpen ? id : undefined}
            onSelect={(chosen) => void navigate(`/proposals/${chosen}`)}
          />
        )}
      </SideDrawer>
    </PageFrame>
  );
}

interface ProposalTableProps {
  proposals: readonly Proposal[];
  selected: number | undefined;
  onSelect: (id: number) => void;
}

function ProposalTable({ proposals, selected, onSelect }: ProposalTableProps) {
  const { t } = useTranslation();
  const word = useWord();
  return (
    <Table aria-label={t('proposals.title')} variant="compact">
      <Thead>
        <Tr>
          <Th>{t('proposals.number')}</Th>
          <Th>{t('proposals.state')}</Th>
          <Th>{t('proposals.segment')}</Th>
          <Th>{t('policies.reason')}</Th>
          <Th>{t('proposals.author')}</Th>
          <Th>{t('proposals.at')}</Th>
        </Tr>
      </Thead>
      <Tbody>
        {proposals.map((proposal) => (
          <Tr key={proposal.id} isRowSelected={proposal.id === selected}>
            <Td dataLabel={t('proposals.number')}>
              <Button variant="link" isInline onClick={() => onSelect(proposal.id)}>
                {t('proposals.name', { id: proposal.id })}
              </Button>
            </Td>
            <Td dataLabel={t('proposals.state')}>
              <ProposalState state={proposal.state} />
            </Td>
            <Td dataLabel={t('proposals.segment')}>{word('segment', proposal.segment)}</Td>
            <Td dataLabel={t('policies.reason')} className="sk-summary-text">{proposal.reason}</Td>
            <Td dataLabel={t('proposals.author')}>
              {proposal.proposedBy} {proposal.mine && <Label isCompact>{t('proposals.mine')}</Label>}
            </Td>
            <Td dataLabel={t('proposals.at')}>
              <When at={proposal.proposedAt} relative />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
