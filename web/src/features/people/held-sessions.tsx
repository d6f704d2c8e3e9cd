import { NativeSelect } from "@mantine/core";
import { IconCup } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useSearchParams } from "react-router";

import { useSessionsOf } from "@/features/people/api/queries";
import { useEngineers } from "@/shared/api/engineers";
import type { SessionItem, SessionStatus } from "@/shared/api/types";
import { useNow } from "@/shared/ui/clock";
import { Empty } from "@/shared/ui/empty";
import { MoreButton } from "@/shared/ui/more-button";
import { oneLine, plainText } from "@/shared/ui/plain-text";
import { presenceWords } from "@/shared/ui/presence";
import { SettingsList } from "@/shared/ui/settings-list";

import { isHeldBy } from "./held-by";
import { HeldRow } from "./held-row";

const STATES: { value: SessionStatus; label: string }[] = [
  { value: "active", label: "Worked on" },
  { value: "escalated", label: "Waiting for a senior" },
  { value: "parked", label: "Parked" },
  { value: "resolved", label: "Resolved" },
];

interface Props {
  engineerId: string;
  /** What an admin can do with a session that the person holds. */
  actionsFor: (item: SessionItem) => ReactNode;
}

/** What somebody holds or owns, by state. The state is kept in the address. */
export function HeldSessions({ engineerId, actionsFor }: Props) {
  const [params, setParams] = useSearchParams();
  const asked = params.get("status");
  const status = STATES.find(({ value }) => value === asked)?.value ?? "active";
  const list = useSessionsOf(engineerId, status);
  const now = useNow();
  const person = useEngineers().data?.find(({ id }) => id === engineerId);
  const name = person ? plainText(person.name) : "";
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const presence = person && presenceWords(person.availability, now);
  return (
    <SettingsList
      id="held-sessions"
      title={name === "" ? "Sessions" : `Sessions of ${oneLine(name)}`}
      about={["What they hold or opened, the last changed first.", presence && `They are ${presence}.`].filter(Boolean).join(" ")}
      add={
        <NativeSelect
          aria-label="State"
          data={STATES}
          value={status}
          onChange={(event) => setParams({ status: event.currentTarget.value }, { replace: true })}
        />
      }
      error={items.length === 0 ? list.error : null}
      onRetry={() => void list.refetch()}
      isLoading={list.isPending}
      empty={
        <Empty icon={<IconCup size={24} aria-hidden="true" />} title="Nothing here">
          <p>{name === "" ? "They have" : `${oneLine(name)} has`} no session in this state.</p>
        </Empty>
      }
      rows={items.map((item) => [
        item.id,
        <HeldRow key={item.id} item={item} engineerId={engineerId} actions={isHeldBy(item, engineerId) && actionsFor(item)} />,
      ])}
    >
      {list.hasNextPage && <MoreButton list={list}>Show older</MoreButton>}
    </SettingsList>
  );
}
