import { ClipboardCopy } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';

/** A secret that the server shows this once, with a button to copy it. */
export function ShownOnce({ label, secret }: { label: string; secret: string }) {
  const { t } = useTranslation();
  return (
    <ClipboardCopy isReadOnly isCode hoverTip={t('common.copy')} clickTip={t('common.copied')} textAriaLabel={label}>
      {secret}
    </ClipboardCopy>
  );
}
