import { Button } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../api/client';
import type { EnrolmentToken } from '../../api/model';
import { groupsQuery, tokensQuery } from '../../api/queries';
import { useMay } from '../../app/session';
import { Loading } from '../../ui/Loading';
import { Nothing } from '../../ui/Nothing';
import { PageFrame } from '../../ui/PageFrame';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useRemoval } from '../../ui/useRemoval';
import { When } from '../../ui/When';
import { useWord } from '../../ui/words';
import { CreateToken } from './CreateToken';

/** Tokens that enrol terminals. */
export function TokensPage() {
  const { t } = useTranslation();
  const mayEnrol = useMay('enrol');
  const [isCreating, setCreating] = useState(false);
  const tokens = useQuery(tokensQuery);
  const create = mayEnrol && (
    <Button variant="primary" onClick={() => setCreating(true)}>
      {t('tokens.create')}
    </Button>
  );
  const items = tokens.data?.items ?? [];
  return (
    <PageFrame title={t('tokens.title')} lead={t('tokens.lead')} actions={items.length > 0 ? create : undefined}>
      {tokens.isError && <ProblemAlert error={tokens.error} onRetry={() => void tokens.refetch()} />}
      {tokens.isPending && <Loading />}
      {tokens.data !== undefined &&
        (items.length > 0 ? (
          <TokenTable tokens={items} mayDelete={mayEnrol} />
        ) : (
          <Nothing filtered={false} title={t('tokens.emptyTitle')} body={t('tokens.emptyBody')} action={create} />
        ))}
      {isCreating && <CreateToken onClose={() => setCreating(false)} />}
    </PageFrame>
  );
}

function TokenTable({ tokens, mayDelete }: { tokens: readonly EnrolmentToken[]; mayDelete: boolean }) {
  const { t } = useTranslation();
  const word = useWord();
  const groups = useQuery(groupsQuery).data?.items ?? [];
  const groupOf = (id: string) => groups.find((group) => group.id === id)?.name ?? id;
  const removal = useRemoval<EnrolmentToken>({
    remove: ({ id }) => client.DELETE('/api/v1/enrolment-tokens/{id}', { params: { path: { id } } }),
    stale: tokensQuery.queryKey,
    texts: () => ({ title: t('tokens.removeTitle'), body: t('tokens.removeBody'), confirm: t('tokens.remove') }),
  });
  return (
    <>
      <Table aria-label={t('tokens.table')} variant="compact">
        <Thead>
          <Tr>
            <Th>{t('tokens.segment')}</Th>
            <Th>{t('tokens.division')}</Th>
            <Th>{t('tokens.usesLeft')}</Th>
            <Th>{t('tokens.expiresAt')}</Th>
            <Th>{t('tokens.createdBy')}</Th>
            <Th>{t('tokens.createdAt')}</Th>
            {mayDelete && <Th screenReaderText={t('tokens.actions')} />}
          </Tr>
        </Thead>
        <Tbody>
          {tokens.map((token) => (
            <Tr key={token.id}>
              <Td dataLabel={t('tokens.segment')}>{word('segment', token.segment)}</Td>
              <Td dataLabel={t('tokens.division')}>
                {token.orgUnit ?? t('common.none')}
                {token.group && <div className="sk-subtle">{t('tokens.intoGroup', { name: groupOf(token.group) })}</div>}
                {token.needsApproval && <div className="sk-subtle">{t('tokens.asksApproval')}</div>}
              </Td>
              <Td dataLabel={t('tokens.usesLeft')} className="sk-number">
                {token.withdrawn ? t('tokens.withdrawn') : t('tokens.usesOf', { left: token.usesLeft, uses: token.uses })}
              </Td>
              <Td dataLabel={t('tokens.expiresAt')}>
                <When at={token.expiresAt} />
              </Td>
              <Td dataLabel={t('tokens.createdBy')}>{token.createdBy}</Td>
              <Td dataLabel={t('tokens.createdAt')}>
                <When at={token.createdAt} />
              </Td>
              {mayDelete && (
                <Td isActionCell>
                  {!token.withdrawn && (
                    <Button
                      variant="link"
                      isDanger
                      isInline
                      onClick={() => removal.ask(token)}
                      aria-label={t('tokens.removeOf', { segment: word('segment', token.segment) })}
                    >
                      {t('tokens.remove')}
                    </Button>
                  )}
                </Td>
              )}
            </Tr>
          ))}
        </Tbody>
      </Table>
      {removal.dialog}
    </>
  );
}
