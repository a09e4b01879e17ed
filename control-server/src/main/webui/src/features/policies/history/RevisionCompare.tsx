import { FormSelect, FormSelectOption } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyRevision } from '../../../api/model';
import { revisionDiffQuery } from '../../../api/queries';
import { Loading } from '../../../ui/Loading';
import { ProblemAlert } from '../../../ui/ProblemAlert';
import { ChangeList } from '../ChangeList';

interface RevisionCompareProps {
  policy: PolicyRevision;
  /** The segment's other revisions, newest first. */
  others: readonly PolicyRevision[];
}

/** What this revision tightened and loosened against another, the one before it to begin with. */
export function RevisionCompare({ policy, others }: RevisionCompareProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<number>();
  const before = others.find((one) => one.revision < policy.revision) ?? others[0];
  const against = chosen ?? before?.revision ?? 0;
  const diff = useQuery({ ...revisionDiffQuery(policy.segment, policy.revision, against), enabled: against > 0 });
  return (
    <div className="sk-stack">
      <label className="sk-filter" htmlFor="compare-with">
        <span>{t('history.compare')}</span>
        <FormSelect id="compare-with" value={against} onChange={(_event, value) => setChosen(Number(value))}>
          {others.map((one) => (
            <FormSelectOption key={one.revision} value={one.revision} label={t('policies.revision', { revision: one.revision })} />
          ))}
        </FormSelect>
      </label>
      {diff.isPending && <Loading />}
      {diff.isError && <ProblemAlert error={diff.error} onRetry={() => void diff.refetch()} />}
      {diff.data !== undefined && <ChangeList against={against} changes={diff.data.changes} />}
    </div>
  );
}
