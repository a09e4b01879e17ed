import { Button, Flex } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

interface ListingProps {
  labelledBy: string;
  headings: readonly string[];
  /** Whether each row ends with what can be done with it. */
  hasActs: boolean;
  children: ReactNode;
}

/** Divisions or groups, below their headings. */
export function Listing({ labelledBy, headings, hasActs, children }: ListingProps) {
  const { t } = useTranslation();
  return (
    <Table aria-labelledby={labelledBy} variant="compact">
      <Thead>
        <Tr>
          {headings.map((heading) => (
            <Th key={heading}>{heading}</Th>
          ))}
          {hasActs && <Th screenReaderText={t('tokens.actions')} />}
        </Tr>
      </Thead>
      <Tbody>{children}</Tbody>
    </Table>
  );
}

/** How many terminals are in it, and the way to them. */
export function Count({ name, count, to }: { name: string; count: number; to: string }) {
  const { t } = useTranslation();
  return (
    <Td dataLabel={t('organisation.terminals')} className="sk-number">
      <Link to={to} aria-label={t('organisation.terminalsOf', { unit: name, count })}>
        {count}
      </Link>
    </Td>
  );
}

interface ActsProps {
  acts: readonly { text: string; label: string; onClick: () => void }[];
  removal: { name: string; isDisabled: boolean; onClick: () => void };
}

/** What can be done with a row; each names the row to those who don't see it. */
export function Acts({ acts, removal }: ActsProps) {
  const { t } = useTranslation();
  return (
    <Td isActionCell>
      <Flex gap={{ default: 'gapMd' }} flexWrap={{ default: 'nowrap' }}>
        {acts.map((act) => (
          <Button key={act.text} variant="link" isInline onClick={act.onClick} aria-label={act.label}>
            {act.text}
          </Button>
        ))}
        <Button
          variant="link"
          isInline
          isDanger
          isDisabled={removal.isDisabled}
          onClick={removal.onClick}
          aria-label={t('organisation.removeOf', { unit: removal.name })}
        >
          {t('organisation.remove')}
        </Button>
      </Flex>
    </Td>
  );
}
