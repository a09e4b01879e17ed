import { MenuToggle, Select, SelectList, SelectOption } from '@patternfly/react-core';
import { ColumnsIcon } from '@patternfly/react-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { COLUMNS, type Column } from './columns';

interface ColumnsMenuProps {
  shown: readonly Column[];
  onToggle: (column: Column) => void;
}

/** Which columns the table has. */
export function ColumnsMenu({ shown, onToggle }: ColumnsMenuProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <Select
      role="menu"
      isOpen={isOpen}
      selected={[...shown]}
      onSelect={(_event, column) => onToggle(column as Column)}
      onOpenChange={setOpen}
      toggle={(ref) => (
        <MenuToggle ref={ref} icon={<ColumnsIcon />} onClick={() => setOpen(!isOpen)} isExpanded={isOpen}>
          {t('eventSearch.columns')}
        </MenuToggle>
      )}
    >
      <SelectList>
        {COLUMNS.map((column) => (
          <SelectOption key={column} hasCheckbox value={column} isSelected={shown.includes(column)}>
            {t(column === 'chain' ? 'eventSearch.chain' : `events.${column}`)}
          </SelectOption>
        ))}
      </SelectList>
    </Select>
  );
}
