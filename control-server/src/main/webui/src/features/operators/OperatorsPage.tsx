import { Button, Label, Title } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import type { Operator } from '../../api/model';
import { operatorsQuery } from '../../api/queries';
import { useMay } from '../../app/session';
import { Loading } from '../../ui/Loading';
import { Notice } from '../../ui/Notice';
import { PageFrame } from '../../ui/PageFrame';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { RoleList } from '../../ui/RoleList';
import { SideDrawer } from '../../ui/SideDrawer';
import { When } from '../../ui/When';
import { InvitationTable } from './InvitationTable';
import { InviteModal } from './InviteModal';
import { OperatorDetail } from './OperatorDetail';

/** Who operates the server, and who is invited to. */
export function OperatorsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id } = useParams();
  const maySee = useMay('seeOperators');
  const mayInvite = useMay('invite');
  const maySeeInvitations = useMay('seeInvitations');
  const operators = useQuery({ ...operatorsQuery, enabled: maySee });
  const [isInviting, setInviting] = useState(false);
  const chosen = operators.data?.items.find((one) => one.id === id);
  const close = () => void navigate('/operators');

  return (
    <SideDrawer
      isOpen={chosen !== undefined}
      label={t('operators.detail')}
      panel={chosen !== undefined && <OperatorDetail key={chosen.id} operator={chosen} />}
      onClose={close}
    >
      <PageFrame
        title={t('operators.title')}
        lead={t('operators.lead')}
        actions={mayInvite && <Button onClick={() => setInviting(true)}>{t('operators.invite')}</Button>}
      >
        {!maySee && <Notice variant="info" title={t('roles.wholeOnly')} />}
        {operators.isError && <ProblemAlert error={operators.error} onRetry={() => void operators.refetch()} />}
        {maySee && operators.isPending && <Loading />}
        {operators.data !== undefined && <OperatorTable operators={operators.data.items} />}
        {maySeeInvitations && (
          <div className="sk-stack">
            <Title headingLevel="h2" className="sk-next-part">
              {t('operators.invitations')}
            </Title>
            <InvitationTable mayWithdraw={mayInvite} />
          </div>
        )}
        {isInviting && <InviteModal onClose={() => setInviting(false)} />}
      </PageFrame>
    </SideDrawer>
  );
}

function OperatorTable({ operators }: { operators: readonly Operator[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <Table aria-label={t('operators.title')} variant="compact">
      <Thead>
        <Tr>
          <Th>{t('operators.name')}</Th>
          <Th>{t('operators.kind')}</Th>
          <Th>{t('roles.title')}</Th>
          <Th>{t('operators.state')}</Th>
          <Th>{t('operators.since')}</Th>
        </Tr>
      </Thead>
      <Tbody>
        {operators.map((operator) => (
          <Tr key={operator.id}>
            <Td dataLabel={t('operators.name')}>
              <Button variant="link" isInline onClick={() => void navigate(`/operators/${operator.id}`)}>
                {operator.name}
              </Button>
            </Td>
            <Td dataLabel={t('operators.kind')}>{t(operator.kind === 'PERSON' ? 'operators.person' : 'operators.service')}</Td>
            <Td dataLabel={t('roles.title')}>
              <RoleList roles={operator.roles} />
            </Td>
            <Td dataLabel={t('operators.state')}>
              <Label isCompact color={operator.disabled ? 'grey' : 'green'}>
                {t(operator.disabled ? 'operators.disabled' : 'operators.enabled')}
              </Label>
            </Td>
            <Td dataLabel={t('operators.since')}>
              <When at={operator.createdAt} />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
