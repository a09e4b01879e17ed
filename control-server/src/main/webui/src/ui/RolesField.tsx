import { Button, Flex, FlexItem, FormGroup, FormSelect, FormSelectOption, TextInput } from '@patternfly/react-core';
import { MinusCircleIcon, PlusCircleIcon } from '@patternfly/react-icons';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { ROLES, type Role, type RoleGrant } from '../api/model';
import { orgUnitsQuery } from '../api/queries';
import { useWord } from './words';

interface RolesFieldProps {
  value: readonly RoleGrant[];
  onChange: (roles: RoleGrant[]) => void;
}

/** One or more roles, each for the whole organisation or a branch of it. */
export function RolesField({ value, onChange }: RolesFieldProps) {
  const { t } = useTranslation();
  const word = useWord();
  const id = useId();
  const units = useQuery(orgUnitsQuery).data?.items ?? [];
  const change = (index: number, grant: RoleGrant) => onChange(value.map((one, at) => (at === index ? grant : one)));
  return (
    <FormGroup label={t('roles.title')} isRequired role="group" fieldId={`${id}-0`}>
      <datalist id={`${id}-units`}>
        {units.map((unit) => (
          <option key={unit.path} value={unit.path} />
        ))}
      </datalist>
      {value.map((grant, index) => (
        <Flex key={index} alignItems={{ default: 'alignItemsCenter' }} className="sk-role-row" flexWrap={{ default: 'nowrap' }}>
          <FlexItem>
            <FormSelect
              id={`${id}-${index}`}
              aria-label={t('roles.role', { number: index + 1 })}
              value={grant.role}
              onChange={(_event, role) => change(index, { ...grant, role: role as Role })}
            >
              {ROLES.map((role) => (
                <FormSelectOption key={role} value={role} label={word('role', role)} />
              ))}
            </FormSelect>
          </FlexItem>
          <FlexItem flex={{ default: 'flex_1' }}>
            <TextInput
              aria-label={t('roles.branch', { number: index + 1 })}
              placeholder={t('roles.whole')}
              list={`${id}-units`}
              value={grant.branch ?? ''}
              maxLength={200}
              onChange={(_event, branch) => change(index, branch === '' ? { role: grant.role } : { role: grant.role, branch })}
            />
          </FlexItem>
          <FlexItem>
            <Button
              variant="plain"
              aria-label={t('roles.remove', { number: index + 1 })}
              icon={<MinusCircleIcon />}
              isDisabled={value.length === 1}
              onClick={() => onChange(value.filter((_one, at) => at !== index))}
            />
          </FlexItem>
        </Flex>
      ))}
      <Button variant="link" icon={<PlusCircleIcon />} onClick={() => onChange([...value, { role: 'auditor' }])}>
        {t('roles.add')}
      </Button>
    </FormGroup>
  );
}

/** As the server takes them. */
export function sendable(roles: readonly RoleGrant[]) {
  return roles.map(({ role, branch }) =>
    branch === undefined || branch === null || branch.trim() === '' ? { role } : { role, branch: branch.trim() },
  );
}
