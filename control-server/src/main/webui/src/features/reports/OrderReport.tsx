import {
  Button,
  Flex,
  Form,
  FormGroup,
  FormHelperText,
  FormSelect,
  FormSelectOption,
  HelperText,
  HelperTextItem,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  TextInput,
} from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, read } from '../../api/client';
import { REPORT_KINDS, type Report, type ReportKind } from '../../api/model';
import { orgUnitsQuery } from '../../api/queries';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useWord } from '../../ui/words';
import { fiscalYear, lastMonth, todayInJapan, type Period } from './period';

interface OrderReportProps {
  onClose: () => void;
  onOrdered: (id: number) => void;
}

/** What each kind is usually about. */
function usual(kind: ReportKind): Period {
  const today = todayInJapan(new Date());
  switch (kind) {
    case 'ENFORCEMENT':
      return { from: today, until: today };
    case 'SELF_INSPECTION':
      return fiscalYear(today);
    case 'EXFILTRATION':
    case 'OPERATOR_AUDIT':
      return lastMonth(today);
  }
}

/** Asks what a report is to be about. */
export function OrderReport({ onClose, onOrdered }: OrderReportProps) {
  const { t } = useTranslation();
  const word = useWord();
  const queries = useQueryClient();
  const units = useQuery(orgUnitsQuery).data?.items ?? [];
  const [kind, setKind] = useState<ReportKind>('ENFORCEMENT');
  const [period, setPeriod] = useState(() => usual('ENFORCEMENT'));
  const [unit, setUnit] = useState('');
  const isAboutUnits = kind !== 'OPERATOR_AUDIT';
  const isOfADay = kind === 'ENFORCEMENT';
  const order = useMutation({
    mutationFn: () =>
      read<Report>(
        client.POST('/api/v1/reports', {
          body: {
            kind,
            from: isOfADay ? period.until : period.from,
            until: period.until,
            ...(isAboutUnits && unit !== '' && { orgUnit: unit }),
          },
        }),
      ),
    onSuccess: async (report) => {
      await queries.invalidateQueries({ queryKey: ['reports'] });
      onOrdered(report.id);
    },
  });
  const isSound = period.until !== '' && (isOfADay || (period.from !== '' && period.from <= period.until));
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby="order-title">
      <ModalHeader title={t('reports.order')} labelId="order-title" />
      <ModalBody className="sk-stack">
        {order.isError && <ProblemAlert error={order.error} />}
        <Form
          id="order-report"
          onSubmit={(submit) => {
            submit.preventDefault();
            order.mutate();
          }}
        >
          <FormGroup label={t('reports.kind')} fieldId="report-kind">
            <FormSelect
              id="report-kind"
              value={kind}
              aria-describedby="report-kind-help"
              onChange={(_event, chosen) => {
                const next = chosen as ReportKind;
                setKind(next);
                setPeriod(usual(next));
              }}
            >
              {REPORT_KINDS.map((one) => (
                <FormSelectOption key={one} value={one} label={word('reportKind', one)} />
              ))}
            </FormSelect>
            <FormHelperText>
              <HelperText>
                <HelperTextItem id="report-kind-help">{word('reportHelp', kind)}</HelperTextItem>
              </HelperText>
            </FormHelperText>
          </FormGroup>
          <Flex gap={{ default: 'gapMd' }}>
            {!isOfADay && (
              <FormGroup label={t('reports.from')} fieldId="report-from" isRequired>
                <TextInput
                  id="report-from"
                  type="date"
                  value={period.from}
                  onChange={(_event, from) => setPeriod((before) => ({ ...before, from }))}
                />
              </FormGroup>
            )}
            <FormGroup label={t(isOfADay ? 'reports.onDay' : 'reports.until')} fieldId="report-until" isRequired>
              <TextInput
                id="report-until"
                type="date"
                value={period.until}
                onChange={(_event, until) => setPeriod((before) => ({ ...before, until }))}
              />
            </FormGroup>
          </Flex>
          {isAboutUnits && (
            <FormGroup label={t('reports.about')} fieldId="report-unit">
              <FormSelect id="report-unit" value={unit} onChange={(_event, chosen) => setUnit(chosen)}>
                <FormSelectOption value="" label={t('reports.whole')} />
                {units.map(({ path }) => (
                  <FormSelectOption key={path} value={path} label={path} />
                ))}
              </FormSelect>
            </FormGroup>
          )}
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form="order-report" isDisabled={!isSound || order.isPending} isLoading={order.isPending}>
          {t('reports.order')}
        </Button>
        <Button variant="link" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
