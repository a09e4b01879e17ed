import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface WhenProps {
  at: string | null | undefined;
  /** How long ago instead of the time; the time is the tooltip. */
  relative?: boolean;
}

/** A time of the server in the reader's zone and language. */
export function When({ at, relative = false }: WhenProps) {
  const { t, i18n } = useTranslation();
  const now = useNow(relative ? 1_000 : null);
  if (at === null || at === undefined || Number.isNaN(Date.parse(at))) {
    return <>{t('common.none')}</>;
  }
  const date = new Date(at);
  const absolute = formatTime(date, i18n.language);
  return (
    <time dateTime={at} title={relative ? absolute : undefined} className="sk-nowrap">
      {relative ? ago(now - date.getTime(), i18n.language, t('common.now')) : absolute}
    </time>
  );
}

const formats = new Map<string, Intl.DateTimeFormat>();

export function formatTime(date: Date, language: string): string {
  let format = formats.get(language);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(language, format);
  }
  return format.format(date);
}

const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

/** In the largest unit that fits; under five seconds, and in the future as clocks differ a little, it is now. */
export function ago(elapsed: number, language: string, now: string): string {
  if (elapsed < 5_000) {
    return now;
  }
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'always' });
  for (const [unit, length] of UNITS) {
    if (elapsed >= length) {
      return format.format(-Math.floor(elapsed / length), unit);
    }
  }
  return now;
}

function useNow(every: number | null): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (every === null) {
      return undefined;
    }
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
