import {
  Drawer,
  DrawerActions,
  DrawerCloseButton,
  DrawerContent,
  DrawerContentBody,
  DrawerHead,
  DrawerPanelBody,
  DrawerPanelContent,
} from '@patternfly/react-core';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface SideDrawerProps {
  isOpen: boolean;
  /** What the drawer names itself to assistive technology. */
  label: string;
  panel: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

/** A list with the detail of one entry beside it. Escape closes it. */
export function SideDrawer({ isOpen, label, panel, onClose, children }: SideDrawerProps) {
  const { t } = useTranslation();
  const head = useRef<HTMLDivElement>(null);
  return (
    <Drawer isInline isExpanded={isOpen} onExpand={() => head.current?.focus()} className="sk-drawer">
      <DrawerContent
        panelContent={
          isOpen && (
            <DrawerPanelContent
              widths={{ default: 'width_100', lg: 'width_50', '2xl': 'width_50' }}
              aria-label={label}
              role="region"
            >
              <DrawerHead>
                <div ref={head} tabIndex={-1} className="sk-drawer-label">
                  {label}
                </div>
                <DrawerActions>
                  <DrawerCloseButton onClick={onClose} aria-label={t('common.close')} />
                </DrawerActions>
              </DrawerHead>
              <DrawerPanelBody>{panel}</DrawerPanelBody>
              <EscapeAnywhere onEscape={onClose} />
            </DrawerPanelContent>
          )
        }
      >
        <DrawerContentBody>{children}</DrawerContentBody>
      </DrawerContent>
    </Drawer>
  );
}

function EscapeAnywhere({ onEscape }: { onEscape: () => void }) {
  useEffect(() => {
    const listen = (key: KeyboardEvent) => {
      if (key.key === 'Escape' && document.querySelector('[role="dialog"]') === null) {
        onEscape();
      }
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [onEscape]);
  return null;
}
