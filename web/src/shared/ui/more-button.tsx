import { Button } from "@mantine/core";

interface Props {
  /** A list that is read page by page, and has a next one. */
  list: { isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
  /** Quiet, and as wide as the narrow place that it is in. */
  isNarrow?: boolean;
  children: string;
}

/** Reads the next page of a list. */
export function MoreButton({ list, isNarrow = false, children }: Props) {
  const look = isNarrow ? ({ variant: "subtle", color: "gray", size: "xs", fullWidth: true } as const) : { variant: "default" };
  return (
    <Button {...look} loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
      {children}
    </Button>
  );
}
