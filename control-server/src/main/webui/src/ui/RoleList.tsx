import { Label, LabelGroup } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import type { RoleGrant } from '../api/model';
import { useWord } from './words';

/** Roles, each with the branch that it is limited to. */
export function RoleList({ roles }: { roles: readonly RoleGrant[] }) {
  const { t } = useTranslation();
  const word = useWord();
  return (
    <LabelGroup aria-label={t('roles.list')} numLabels={16}>
      {roles.map(({ role, branch }) => (
        <Label key={`${role}:${branch ?? ''}`} isCompact color={role === 'administrator' ? 'orange' : 'blue'}>
          {branch === undefined || branch === null
            ? word('role', role)
            : t('roles.limited', { role: word('role', role), branch })}
        </Label>
      ))}
    </LabelGroup>
  );
}
