import { Button } from '@patternfly/react-core';
import { OutlinedQuestionCircleIcon, TimesIcon } from '@patternfly/react-icons';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { Loading } from '../ui/Loading';
import { ProblemAlert } from '../ui/ProblemAlert';
import { helpPageOf, loadHelp } from './helpPages';
import { Markdown } from './Markdown';

/** A button that shows the page's help beside it. Escape or the button closes it again. */
export function HelpButton({ title }: { title: string }) {
  const { t } = useTranslation();
  const page = helpPageOf(useLocation().pathname);
  const [openOn, setOpenOn] = useState<string>();
  const button = useRef<HTMLButtonElement>(null);
  const isOpen = openOn === page;
  const close = () => {
    setOpenOn(undefined);
    button.current?.focus();
  };
  return (
    <>
      <Button
        ref={button}
        variant="plain"
        icon={<OutlinedQuestionCircleIcon />}
        aria-label={t('help.open', { page: title })}
        aria-expanded={isOpen}
        onClick={() => (isOpen ? close() : setOpenOn(page))}
      />
      {isOpen && <HelpPanel page={page} title={title} onClose={close} />}
    </>
  );
}

function HelpPanel({ page, title, onClose }: { page: string; title: string; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const text = useQuery({ queryKey: ['help', language, page], queryFn: () => loadHelp(language, page), staleTime: Infinity });
  const panel = useRef<HTMLElement>(null);

  useEffect(() => panel.current?.focus(), []);
  useEffect(() => {
    // Before anybody else: the first Escape closes the help, not what is under it.
    const listen = (key: KeyboardEvent) => {
      if (key.key === 'Escape' && document.querySelector('[role="dialog"]') === null) {
        key.stopPropagation();
        onClose();
      }
    };
    document.addEventListener('keydown', listen, true);
    return () => document.removeEventListener('keydown', listen, true);
  }, [onClose]);

  return (
    <aside ref={panel} className="sk-help" tabIndex={-1} aria-label={t('help.label', { page: title })}>
      <div className="sk-help-close">
        <Button variant="plain" icon={<TimesIcon />} aria-label={t('help.close')} onClick={onClose} />
      </div>
      {text.isPending && <Loading />}
      {text.isError && <ProblemAlert error={text.error} onRetry={() => void text.refetch()} />}
      {text.data !== undefined && <Markdown text={text.data} />}
    </aside>
  );
}
