import { Button, Flex, Progress, Title } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { client, read } from '../../api/client';
import type { Report, ReportPart } from '../../api/model';
import { reportQuery } from '../../api/queries';
import { Facts } from '../../ui/Facts';
import { Loading } from '../../ui/Loading';
import { Notice } from '../../ui/Notice';
import { PageFrame } from '../../ui/PageFrame';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { When } from '../../ui/When';
import { useWord } from '../../ui/words';

/** A report as it was made, or how far its making has come. */
export function ReportDetail({ id }: { id: number }) {
  const { t, i18n } = useTranslation();
  const word = useWord();
  const report = useQuery(reportQuery(id, i18n.language));
  const found = report.data;
  return (
    <PageFrame
      title={found === undefined ? t('reports.title') : word('reportKind', found.kind)}
      lead={found?.state === 'DONE' ? t('reports.kept') : t('reports.lead')}
      actions={found?.state === 'DONE' && <Downloads id={id} language={i18n.language} />}
    >
      <div className="sk-stack">
        <Link to="/reports">{t('reports.back')}</Link>
        {report.isError && <ProblemAlert error={report.error} onRetry={() => void report.refetch()} />}
        {report.isPending && <Loading />}
        {found !== undefined && <Body report={found} />}
      </div>
    </PageFrame>
  );
}

function Body({ report }: { report: Report }) {
  const { t } = useTranslation();
  const word = useWord();
  return (
    <>
      <Facts
        facts={[
          [t('reports.period'), report.kind === 'ENFORCEMENT' ? report.until : t('reports.days', { from: report.from, until: report.until })],
          [t('reports.about'), report.orgUnit ?? t('reports.whole')],
          [t('reports.state'), word('reportState', report.state)],
          [t('reports.madeBy'), report.madeBy],
          [t('reports.madeAt'), <When key="at" at={report.madeAt} />],
        ]}
      />
      {(report.state === 'WAITING' || report.state === 'RUNNING') && <UnderWay report={report} />}
      {report.state === 'FAILED' && <Notice variant="danger" title={t('reports.failed', { failure: report.failure ?? '' })} />}
      {report.parts?.map((part, index) => <Part key={index} part={part} />)}
    </>
  );
}

function UnderWay({ report }: { report: Report }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => read<Report>(client.POST('/api/v1/reports/{id}/cancellation', { params: { path: { id: report.id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['reports'] }),
  });
  return (
    <>
      <Progress
        value={report.done}
        max={Math.max(1, report.total)}
        title={t('reports.underWay')}
        aria-label={t('reports.progress', { id: report.id })}
      />
      {cancel.isError && <ProblemAlert error={cancel.error} />}
      <div>
        <Button variant="secondary" onClick={() => cancel.mutate()} isDisabled={cancel.isPending}>
          {t('reports.cancel')}
        </Button>
      </div>
    </>
  );
}

/** The browser saves them; the server records it. */
function Downloads({ id, language }: { id: number; language: string }) {
  const { t } = useTranslation();
  const address = (format: string) => `/api/v1/reports/${id}/download?format=${format}&language=${language}`;
  return (
    <Flex gap={{ default: 'gapSm' }} flexWrap={{ default: 'nowrap' }}>
      <Button variant="primary" component="a" href={address('pdf')} download>
        {t('reports.pdf')}
      </Button>
      <Button variant="secondary" component="a" href={address('csv')} download>
        {t('reports.csv')}
      </Button>
    </Flex>
  );
}

/** More than that a person doesn't read on a page; the files have all. */
const ROWS = 200;

function Part({ part }: { part: ReportPart }) {
  const { t } = useTranslation();
  return (
    <section>
      <Title headingLevel="h2" size="lg">
        {part.heading}
      </Title>
      {part.note != null && <p className="sk-subtle">{part.note}</p>}
      {part.rows.length === 0 ? (
        <p className="sk-subtle">{t('reports.none')}</p>
      ) : (
        <Table aria-label={part.heading} variant="compact">
          <Thead>
            <Tr>
              {part.columns.map((column, index) => (
                <Th key={index} className={part.numbers[index] ? 'sk-right' : undefined}>
                  {column}
                </Th>
              ))}
            </Tr>
          </Thead>
          <Tbody>
            {part.rows.slice(0, ROWS).map((row, at) => (
              <Tr key={at}>
                {row.map((cell, index) => (
                  <Td key={index} dataLabel={part.columns[index] ?? ''} className={part.numbers[index] ? 'sk-number sk-right' : 'sk-summary-text'}>
                    {cell}
                  </Td>
                ))}
              </Tr>
            ))}
          </Tbody>
        </Table>
      )}
      {part.rows.length > ROWS && <p className="sk-subtle">{t('reports.more', { shown: ROWS, all: part.rows.length })}</p>}
    </section>
  );
}
