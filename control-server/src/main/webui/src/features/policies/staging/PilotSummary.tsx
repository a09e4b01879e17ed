import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Pilot } from '../../../api/model';
import { groupsQuery } from '../../../api/queries';
import { useHosts } from '../../../ui/useHosts';

/** Whom a revision goes to first, in words. */
export function PilotSummary({ pilot }: { pilot: Pilot | null | undefined }) {
  const { t, i18n } = useTranslation();
  const hostOf = useHosts(pilot?.terminals ?? []);
  const groups = useQuery({ ...groupsQuery, enabled: (pilot?.groups.length ?? 0) > 0 }).data?.items ?? [];
  const groupOf = (id: string) => t('staging.groupNamed', { group: groups.find((group) => group.id === id)?.name ?? id });
  return pilot === null || pilot === undefined ? (
    <>{t('staging.everybody')}</>
  ) : (
    <>
      {new Intl.ListFormat(i18n.language).format([
        ...pilot.units.map((unit) => t('staging.unit', { unit })),
        ...pilot.groups.map(groupOf),
        ...pilot.terminals.map(hostOf),
      ])}
    </>
  );
}
