import { useTranslation } from 'react-i18next';
import { PasskeyError } from '../api/passkey';
import { Notice } from './Notice';
import { ProblemAlert } from './ProblemAlert';

/** Why a passkey was not made or didn't sign in: the browser's part in plain words, the server's as any other problem. */
export function PasskeyAlert({ error }: { error: unknown }) {
  const { t } = useTranslation();
  return error instanceof PasskeyError ? (
    <Notice variant={error.trouble === 'cancelled' ? 'warning' : 'danger'} title={t(`passkey.${error.trouble}`)} />
  ) : (
    <ProblemAlert error={error} />
  );
}
