import { Button } from "@mantine/core";

interface Props {
  /** A paged list that has a next page. */
  list: { isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
  /** Full width and without a border, for narrow places. */
  isNarrow?: boolean;
  children: string;
}

/** Loads the next page of a list. */
export function MoreButton({ list, isNarrow = false, children }: Props) {
  const look = isNarrow ? ({ variant: "subtle", color: "gray", size: "xs", fullWidth: true } as const) : { variant: "default" };
  return (
    <Button {...look} loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
      {children}
    </Button>
  );
}
