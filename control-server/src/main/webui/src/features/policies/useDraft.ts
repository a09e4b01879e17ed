import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { client, read } from '../../api/client';
import type { PolicyCheckResult, PolicyDiffResult } from '../../api/model';
import { count } from './findings';

/** Milliseconds after the last key before the server is asked. */
const PAUSE = 400;

/** The checker's word on a draft, and what it would change; both follow the typing. */
export function useDraft(yaml: string) {
  const settled = useSettled(yaml);
  const isTyping = settled !== yaml;
  const check = useQuery({
    queryKey: ['policies', 'check', settled],
    queryFn: () => read<PolicyCheckResult>(client.POST('/api/v1/policies/check', { body: { yaml: settled } })),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 60_000,
  });
  const isChecked = check.isSuccess && !check.isPlaceholderData && !isTyping;
  const isSound = isChecked && count(check.data.findings, 'ERROR') === 0;
  const diff = useQuery({
    queryKey: ['policies', 'diff', settled],
    queryFn: () => read<PolicyDiffResult>(client.POST('/api/v1/policies/diff', { body: { yaml: settled } })),
    enabled: isSound,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  return { check, diff, isChecked, isSound };
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
