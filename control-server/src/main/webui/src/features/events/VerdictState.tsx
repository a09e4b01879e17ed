import { useTranslation } from 'react-i18next';
import type { SekishoEvent } from '../../api/model';
import { VerdictLabel } from '../../ui/labels';

/** Verdicts that take something away; whether that took effect is what a reader must know. */
const RESTRICTING = new Set(['BLOCK', 'READ_ONLY', 'JUSTIFY']);

/** What was decided, and whether it took effect. */
export function VerdictState({ event }: { event: SekishoEvent }) {
  const { t } = useTranslation();
  const isOpen = !event.enforced && RESTRICTING.has(event.verdict ?? '');
  return (
    <div>
      <VerdictLabel verdict={event.verdict} />
      {isOpen && (
        <div className="sk-subtle">
          {t(event.enforcement === 'AUDIT_ONLY' ? 'events.auditOnly' : 'events.notEnforced')}
        </div>
      )}
    </div>
  );
}
