import { Button, Title } from '@patternfly/react-core';
import { PlusCircleIcon } from '@patternfly/react-icons';
import { useTranslation } from 'react-i18next';
import { useDesk } from './desk';
import { Folded } from './Folded';
import { MessageFields } from './MessageFields';

const GROUPS = ['device-groups'];

/** Named sets of devices that rules for media refer to. */
export function DeviceGroups({ open, onOpen }: { open: string | undefined; onOpen: (part: string | undefined) => void }) {
  const { t } = useTranslation();
  const { book, edit } = useDesk();
  const size = book.size(GROUPS);
  const names = Array.from({ length: size }, (_group, index) => book.scalar(['device-groups', index, 'name']) ?? '');
  const free = () => {
    let number = size + 1;
    while (names.includes(`group-${number}`)) {
      number += 1;
    }
    return `group-${number}`;
  };
  return (
    <section className="sk-stack" aria-labelledby="groups-heading">
      <Title headingLevel="h2" size="lg" id="groups-heading">
        {t('policyForm.deviceGroups')}
      </Title>
      <p className="sk-subtle">{t('policyForm.deviceGroupsLead')}</p>
      <ul className="sk-rules">
        {names.map((name, index) => (
          <Folded
            key={index}
            list="device-groups"
            index={index}
            title={name}
            remove={t('policyForm.removeGroup', { name })}
            isOpen={open === `device-groups[${index}]`}
            onOpen={onOpen}
          >
            <MessageFields message="DeviceGroup" path={['device-groups', index]} />
          </Folded>
        ))}
      </ul>
      <div>
        <Button
          variant="secondary"
          icon={<PlusCircleIcon />}
          onClick={() => {
            edit(book.insert(GROUPS, size, { name: free() }));
            onOpen(`device-groups[${size}]`);
          }}
        >
          {t('policyForm.addGroup')}
        </Button>
      </div>
    </section>
  );
}
