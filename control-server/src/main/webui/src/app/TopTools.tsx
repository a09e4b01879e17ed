import {
  Divider,
  Dropdown,
  DropdownGroup,
  DropdownItem,
  DropdownList,
  MenuToggle,
  Toolbar,
  ToolbarContent,
  ToolbarGroup,
  ToolbarItem,
} from '@patternfly/react-core';
import { UserIcon } from '@patternfly/react-icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { client } from '../api/client';
import type { Session } from '../api/model';
import { serverQuery } from '../api/queries';
import { useWord } from '../ui/words';
import { DisplaySettings } from './DisplaySettings';

/** Display settings, and who is signed in. */
export function TopTools({ session }: { session: Session }) {
  const { t } = useTranslation();
  const word = useWord();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const server = useQuery(serverQuery).data;
  const signOut = useMutation({
    mutationFn: () => client.DELETE('/api/v1/session'),
    onSettled: async () => {
      await navigate('/sign-in?ended');
      queries.clear();
    },
  });
  const name = session.operator.name;

  return (
    <Toolbar isStatic>
      <ToolbarContent>
        <ToolbarGroup align={{ default: 'alignEnd' }} gap={{ default: 'gapSm' }}>
          {server !== undefined && <ToolbarItem className="sk-tenant">{server.tenant}</ToolbarItem>}
          <ToolbarItem>
            <DisplaySettings />
          </ToolbarItem>
          <ToolbarItem>
            <Dropdown
              isOpen={isOpen}
              onOpenChange={setOpen}
              onSelect={() => setOpen(false)}
              popperProps={{ position: 'right' }}
              toggle={(ref) => (
                <MenuToggle
                  ref={ref}
                  onClick={() => setOpen(!isOpen)}
                  isExpanded={isOpen}
                  icon={<UserIcon />}
                  aria-label={t('app.userMenu', { name })}
                >
                  {name}
                </MenuToggle>
              )}
            >
              <DropdownGroup label={session.roles.map((role) => word('role', role)).join(', ')}>
                <DropdownList>
                  <DropdownItem onClick={() => void navigate('/account')}>{t('app.account')}</DropdownItem>
                  <DropdownItem onClick={() => signOut.mutate()}>{t('app.signOut')}</DropdownItem>
                </DropdownList>
              </DropdownGroup>
              {server !== undefined && (
                <>
                  <Divider />
                  <div className="sk-menu-note">{t('app.version', { version: server.version })}</div>
                </>
              )}
            </Dropdown>
          </ToolbarItem>
        </ToolbarGroup>
      </ToolbarContent>
    </Toolbar>
  );
}
