import { ExpandableSection, Title } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { proposalQuery } from '../../api/queries';
import { Facts } from '../../ui/Facts';
import { Loading } from '../../ui/Loading';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { When } from '../../ui/When';
import { useWord } from '../../ui/words';
import { ChangeList } from '../policies/ChangeList';
import { pathOfSegment } from '../policies/segment';
import { SimulationPanel } from '../policies/simulation/SimulationPanel';
import { PilotSummary } from '../policies/staging/PilotSummary';
import { YamlEditor } from '../policies/YamlEditor';
import { ProposalActions } from './ProposalActions';
import { ProposalState } from './ProposalState';

/** All that a second person needs to decide: who, why, what it loosens, what it would have done, and the text. */
export function ProposalDetail({ id }: { id: number }) {
  const { t } = useTranslation();
  const word = useWord();
  const query = useQuery(proposalQuery(id));
  if (query.isPending) {
    return <Loading />;
  }
  if (query.data === undefined) {
    return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  }
  const proposal = query.data;
  const segment = pathOfSegment(proposal.segment);
  return (
    <div className="sk-stack">
      <Title headingLevel="h2">{t('proposals.heading', { segment: word('segment', proposal.segment), id })}</Title>
      <div>
        <ProposalState state={proposal.state} />
      </div>
      <Facts
        facts={[
          [t('policies.reason'), proposal.reason],
          [t('proposals.author'), proposal.proposedBy],
          [t('proposals.at'), <When key="at" at={proposal.proposedAt} />],
          [t('proposals.until'), proposal.state === 'OPEN' ? <When key="until" at={proposal.expiresAt} /> : null],
          [t('staging.whom'), <PilotSummary key="pilot" pilot={proposal.pilot} />],
          [t('proposals.judge'), proposal.decidedBy],
          [t('proposals.decidedAt'), proposal.decidedBy === undefined ? null : <When key="decided" at={proposal.decidedAt} />],
          [t('proposals.decisionReason'), proposal.decisionReason],
          [
            t('proposals.became'),
            typeof proposal.revision === 'number' ? (
              <Link key="became" to={`/policies/${segment}/${proposal.revision}`}>
                {t('policies.revision', { revision: proposal.revision })}
              </Link>
            ) : null,
          ],
        ]}
      />
      {proposal.state === 'OPEN' && <ProposalActions proposal={proposal} />}
      <Title headingLevel="h3">{t('proposals.changes')}</Title>
      <ChangeList against={proposal.against} changes={proposal.changes ?? []} />
      <Title headingLevel="h3">{t('proposals.try')}</Title>
      <SimulationPanel yaml={proposal.yaml ?? ''} isReadable />
      <ExpandableSection toggleText={t('policies.editor')}>
        <YamlEditor initial={proposal.yaml ?? ''} label={t('policies.editor')} />
      </ExpandableSection>
    </div>
  );
}
