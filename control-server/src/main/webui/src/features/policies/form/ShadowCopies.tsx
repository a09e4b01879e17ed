import { Title } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { MessageFields } from './MessageFields';

const PATH = ['shadow-copies'];

/** Who can read the enciphered copies that rules ask for, two of them together. */
export function ShadowCopies() {
  const { t } = useTranslation();
  return (
    <section className="sk-stack" aria-labelledby="shadow-copies-heading">
      <Title headingLevel="h2" size="lg" id="shadow-copies-heading">
        {t('policyForm.shadowCopies')}
      </Title>
      <p className="sk-subtle">{t('policyForm.shadowCopiesLead')}</p>
      <MessageFields message="ShadowCopies" path={PATH} />
    </section>
  );
}
