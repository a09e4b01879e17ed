import { Button, Progress } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import type { Report } from '../../api/model';
import { reportsQuery } from '../../api/queries';
import { Loading } from '../../ui/Loading';
import { Nothing } from '../../ui/Nothing';
import { PageFrame } from '../../ui/PageFrame';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { When } from '../../ui/When';
import { useWord } from '../../ui/words';
import { OrderReport } from './OrderReport';
import { ReportDetail } from './ReportDetail';

/** Reports that were made, and the way to have another made; one of them is read on a page of its own. */
export function ReportsPage() {
  const { id } = useParams();
  return id === undefined ? <ReportList /> : <ReportDetail id={Number(id)} />;
}

function ReportList() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const reports = useQuery(reportsQuery);
  const [isOrdering, setOrdering] = useState(false);
  const items = reports.data?.items ?? [];
  const order = (
    <Button variant="primary" onClick={() => setOrdering(true)}>
      {t('reports.order')}
    </Button>
  );
  return (
    <PageFrame title={t('reports.title')} lead={t('reports.lead')} actions={items.length > 0 && order}>
      {reports.isError && <ProblemAlert error={reports.error} onRetry={() => void reports.refetch()} />}
      {reports.isPending && <Loading />}
      {reports.data !== undefined &&
        (items.length > 0 ? (
          <ReportTable reports={items} onOpen={(report) => void navigate(`/reports/${report}`)} />
        ) : (
          <Nothing filtered={false} title={t('reports.emptyTitle')} body={t('reports.emptyBody')} action={order} />
        ))}
      {isOrdering && (
        <OrderReport
          onClose={() => setOrdering(false)}
          onOrdered={(report) => {
            setOrdering(false);
            void navigate(`/reports/${report}`);
          }}
        />
      )}
    </PageFrame>
  );
}

function ReportTable({ reports, onOpen }: { reports: readonly Report[]; onOpen: (id: number) => void }) {
  const { t } = useTranslation();
  const word = useWord();
  return (
    <Table aria-label={t('reports.title')} variant="compact">
      <Thead>
        <Tr>
          <Th>{t('reports.kind')}</Th>
          <Th>{t('reports.period')}</Th>
          <Th>{t('reports.about')}</Th>
          <Th>{t('reports.state')}</Th>
          <Th>{t('reports.madeBy')}</Th>
          <Th>{t('reports.madeAt')}</Th>
        </Tr>
      </Thead>
      <Tbody>
        {reports.map((report) => (
          <Tr key={report.id} isClickable onRowClick={() => onOpen(report.id)}>
            <Td dataLabel={t('reports.kind')}>
              <Button variant="link" isInline onClick={() => onOpen(report.id)}>
                {word('reportKind', report.kind)}
              </Button>
            </Td>
            <Td dataLabel={t('reports.period')} className="sk-nowrap">
              {report.kind === 'ENFORCEMENT' ? report.until : t('reports.days', { from: report.from, until: report.until })}
            </Td>
            <Td dataLabel={t('reports.about')}>{report.orgUnit ?? t('reports.whole')}</Td>
            <Td dataLabel={t('reports.state')}>
              {report.state === 'RUNNING' && report.total > 0 ? (
                <Progress
                  value={report.done}
                  max={report.total}
                  size="sm"
                  measureLocation="outside"
                  aria-label={t('reports.progress', { id: report.id })}
                />
              ) : (
                word('reportState', report.state)
              )}
            </Td>
            <Td dataLabel={t('reports.madeBy')}>{report.madeBy}</Td>
            <Td dataLabel={t('reports.madeAt')}>
              <When at={report.madeAt} />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
