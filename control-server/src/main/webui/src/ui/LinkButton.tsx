import { Button, type ButtonProps } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

interface LinkButtonProps {
  to: string;
  variant: ButtonProps['variant'];
  children: ReactNode;
}

/** A way to another page that looks like a button and is a link: it opens in a new tab too. */
export function LinkButton({ to, variant, children }: LinkButtonProps) {
  return (
    <Button variant={variant} component={(props: object) => <Link {...props} to={to} />}>
      {children}
    </Button>
  );
}
