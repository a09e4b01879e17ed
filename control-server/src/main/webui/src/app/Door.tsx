import { Card, CardBody, CardTitle, Content, Title } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDocumentTitle } from '../ui/useDocumentTitle';
import { DisplaySettings } from './DisplaySettings';

/** The frame of what comes before the sign-in. */
export function Door({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  const { t } = useTranslation();
  useDocumentTitle(title);
  return (
    <main className="sk-door">
      <div className="sk-door-card">
        <Card isLarge>
          <CardTitle component="div">
            <span className="sk-brand">
              <img src="/sekisho.svg" alt="" />
              {t('app.name')}
            </span>
            <Content component="p" className="sk-lead">
              {t('app.tagline')}
            </Content>
          </CardTitle>
          <CardBody className="sk-stack">
            <Title headingLevel="h1" size="xl">
              {title}
            </Title>
            {lead !== undefined && <Content component="p">{lead}</Content>}
            {children}
          </CardBody>
        </Card>
        <div className="sk-door-tools">
          <DisplaySettings />
        </div>
      </div>
    </main>
  );
}
