import { Dropdown, DropdownItem, DropdownList, MenuToggle } from '@patternfly/react-core';
import { DownloadIcon } from '@patternfly/react-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { present } from '../../api/queries';
import type { EventSearch } from './eventList';

/** What the search finds as a file. The browser fetches it by itself: it shows the progress, and can be told to stop. */
export function Downloads({ search }: { search: EventSearch }) {
  const { t, i18n } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const address = (format: string) =>
    `/api/v1/events/download?${new URLSearchParams({ ...present(search), format, language: i18n.language }).toString()}`;
  return (
    <Dropdown
      isOpen={isOpen}
      onOpenChange={setOpen}
      onSelect={() => setOpen(false)}
      toggle={(ref) => (
        <MenuToggle ref={ref} icon={<DownloadIcon />} onClick={() => setOpen(!isOpen)} isExpanded={isOpen}>
          {t('eventSearch.download')}
        </MenuToggle>
      )}
    >
      <DropdownList>
        <DropdownItem value="csv" to={address('csv')} description={t('eventSearch.csvBody')}>
          {t('eventSearch.csv')}
        </DropdownItem>
        <DropdownItem value="json" to={address('json')}>
          {t('eventSearch.json')}
        </DropdownItem>
      </DropdownList>
    </Dropdown>
  );
}
