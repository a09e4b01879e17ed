import { Form, FormGroup, FormHelperText, HelperText, HelperTextItem, Progress } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../../api/model';
import { toProblem } from '../../api/problem';
import { upload } from '../../api/upload';
import { FormModal } from '../../ui/FormModal';
import { Notice } from '../../ui/Notice';
import { formatNumber } from '../../ui/numbers';
import { useBilingual } from '../../ui/words';

/** As much as the server takes. */
const MOST = 8 << 20;

/** Registers a whole table, or nothing of it; each line that is wrong is named. */
export function ImportMedia({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const [file, setFile] = useState<File>();
  const [sent, setSent] = useState(0);
  const load = useMutation({
    mutationFn: (table: File) => {
      setSent(0);
      return upload<{ registered: number }>('/api/v1/media/import', 'text/csv', table, setSent);
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['media'] }),
  });
  const findings = load.isError ? (toProblem(load.error).problem.findings ?? []) : [];
  const isTooLarge = file !== undefined && file.size > MOST;
  return (
    <FormModal
      title={t('media.import')}
      confirm={t(load.isSuccess ? 'media.importAnother' : 'media.importBegin')}
      size="medium"
      isReady={file !== undefined && !isTooLarge}
      isBusy={load.isPending}
      error={findings.length > 0 ? null : load.error}
      onClose={onClose}
      form={(id) => (
        <Form
          id={id}
          onSubmit={(submit) => {
            submit.preventDefault();
            if (file !== undefined) {
              load.mutate(file);
            }
          }}
        >
          <FormGroup label={t('media.importFile')} isRequired fieldId="media-file">
            <input
              id="media-file"
              type="file"
              accept=".csv,text/csv"
              aria-describedby="media-file-help"
              onChange={(chosen) => {
                setFile(chosen.target.files?.[0]);
                load.reset();
              }}
            />
            <FormHelperText>
              <HelperText>
                <HelperTextItem id="media-file-help" variant={isTooLarge ? 'error' : 'default'}>
                  {t(isTooLarge ? 'media.importTooLarge' : 'media.importHelp')}
                </HelperTextItem>
              </HelperText>
            </FormHelperText>
          </FormGroup>
          {load.isPending && (
            <Progress value={sent} title={t(sent < 100 ? 'media.importSending' : 'media.importChecking')} aria-label={t('media.import')} />
          )}
          {load.isSuccess && (
            <Notice variant="success" title={t('media.imported', { count: formatNumber(load.data.registered, i18n.language) })} />
          )}
          {findings.length > 0 && <Findings findings={findings} />}
        </Form>
      )}
    />
  );
}

function Findings({ findings }: { findings: readonly Finding[] }) {
  const { t } = useTranslation();
  const text = useBilingual();
  return (
    <>
      <Notice variant="danger" title={t('media.importFindings', { count: findings.length })} />
      <Table aria-label={t('media.importErrors')} variant="compact">
        <Thead>
          <Tr>
            <Th>{t('media.line')}</Th>
            <Th>{t('media.wrong')}</Th>
          </Tr>
        </Thead>
        <Tbody>
          {findings.map((finding) => (
            <Tr key={`${finding.line ?? 0}/${finding.code}`}>
              <Td dataLabel={t('media.line')} className="sk-number">
                {finding.line}
              </Td>
              <Td dataLabel={t('media.wrong')}>{text(finding.message)}</Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </>
  );
}
