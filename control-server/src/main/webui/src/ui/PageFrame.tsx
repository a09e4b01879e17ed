import { Content, Flex, FlexItem, PageSection, Title } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { HelpButton } from '../help/HelpPanel';
import { useDocumentTitle } from './useDocumentTitle';

interface PageFrameProps {
  title: string;
  lead: string;
  /** Right of the title, before the button for the page's help. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A page: what it is, what it is for, and its content. */
export function PageFrame({ title, lead, actions, children }: PageFrameProps) {
  useDocumentTitle(title);
  return (
    <>
      <PageSection>
        <Flex justifyContent={{ default: 'justifyContentSpaceBetween' }} alignItems={{ default: 'alignItemsFlexStart' }}>
          <FlexItem flex={{ default: 'flex_1' }}>
            <Title headingLevel="h1">{title}</Title>
            <Content component="p" className="sk-lead">
              {lead}
            </Content>
          </FlexItem>
          <FlexItem>
            <Flex gap={{ default: 'gapSm' }} flexWrap={{ default: 'nowrap' }}>
              {actions}
              <HelpButton title={title} />
            </Flex>
          </FlexItem>
        </Flex>
      </PageSection>
      <PageSection isFilled className="sk-page-body">
        {children}
      </PageSection>
    </>
  );
}
