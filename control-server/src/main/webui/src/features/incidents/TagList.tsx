import { Label } from '@patternfly/react-core';

/** An incident's tags. */
export function TagList({ tags }: { tags: readonly string[] }) {
  return tags.length === 0 ? null : (
    <span className="sk-tags">
      {tags.map((tag) => (
        <Label key={tag} isCompact variant="outline">
          {tag}
        </Label>
      ))}
    </span>
  );
}
