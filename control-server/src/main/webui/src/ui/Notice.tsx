import { Alert, type AlertProps } from '@patternfly/react-core';

/** A message within the page. Its title is no heading: it would break the page's outline. */
export function Notice(props: Omit<AlertProps, 'isInline' | 'component' | 'ref'>) {
  return <Alert {...props} isInline component="p" />;
}
