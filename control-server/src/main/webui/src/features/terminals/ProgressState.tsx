import { useTranslation } from 'react-i18next';
import type { Terminal } from '../../api/model';
import { ProgressLabel } from '../../ui/labels';

/** What the terminal runs, what it should run where that differs, and why it doesn't. */
export function ProgressState({ terminal }: { terminal: Terminal }) {
  const { t } = useTranslation();
  const { runningRevision: running, intendedRevision: intended } = terminal;
  return (
    <div>
      <div className="sk-tags">
        <span className="sk-number">
          {running === 0 ? t('terminals.noPolicy') : t('policies.revision', { revision: running })}
        </span>
        {intended > 0 && terminal.state === 'ACTIVE' && <ProgressLabel progress={terminal.progress} />}
      </div>
      {running !== intended && terminal.state === 'ACTIVE' && <div className="sk-subtle">{t('terminals.intended', { revision: intended })}</div>}
      {terminal.progress === 'REFUSED' && (
        <div className="sk-subtle sk-summary-text">{terminal.progressDetail}</div>
      )}
    </div>
  );
}
