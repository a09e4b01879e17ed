import { Button, Content } from '@patternfly/react-core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client, read } from '../../../api/client';
import type { PolicyRevision, SignedDocument } from '../../../api/model';
import { download } from '../../../ui/download';
import { ProblemAlert } from '../../../ui/ProblemAlert';
import { pathOfSegment } from '../segment';

/** The very bytes that terminals get, with what checks them. */
export function SignedDownload({ policy }: { policy: PolicyRevision }) {
  const { t } = useTranslation();
  const { segment, revision } = policy;
  const fetchSigned = useMutation({
    mutationFn: () =>
      read<SignedDocument>(
        client.GET('/api/v1/policies/{segment}/{revision}/signed', { params: { path: { segment, revision } } }),
      ),
    onSuccess: (document) =>
      download(`${pathOfSegment(segment)}-${revision}.signed.json`, 'application/json', JSON.stringify(document, null, 2)),
  });
  return (
    <div>
      {fetchSigned.isError && <ProblemAlert error={fetchSigned.error} />}
      <Button variant="link" isInline onClick={() => fetchSigned.mutate()} isDisabled={fetchSigned.isPending}>
        {t('history.download')}
      </Button>
      <Content component="small">{t('history.downloadHelp')}</Content>
    </div>
  );
}
