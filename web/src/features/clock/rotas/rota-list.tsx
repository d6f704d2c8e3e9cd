import { Button } from "@mantine/core";
import { IconCalendarTime } from "@tabler/icons-react";
import { Link } from "react-router";

import { useRotas } from "@/features/clock/api/queries";
import { useDuties } from "@/shared/api/duties";
import { isAtLeast, useMe } from "@/shared/api/me";
import { Empty } from "@/shared/ui/empty";
import { SettingsList } from "@/shared/ui/settings-list";
import rows from "@/shared/ui/settings-row.module.css";
import { UserText } from "@/shared/ui/user-text";

import { OnCallNow } from "./on-call-now";

/** The account's rotas, each with who is on call now. */
export function RotaList() {
  const isAdmin = isAtLeast(useMe(), "admin");
  const { data, error, isPending, refetch } = useRotas();
  const duties = useDuties().data ?? [];
  const add = isAdmin && (
    <Button component={Link} to="/rotas/new" size="xs">
      Add
    </Button>
  );
  return (
    <SettingsList
      id="rotas"
      title="Rotas"
      about="Who is on call, and when. Escalations tell them first."
      add={add}
      error={error}
      onRetry={() => void refetch()}
      isLoading={isPending}
      empty={
        <Empty icon={<IconCalendarTime size={24} aria-hidden="true" />} title="No rota is set up">
          {isAdmin ? "Add people who take turns being on call." : "An admin can add people who take turns being on call."}
        </Empty>
      }
      rows={(data ?? []).map(({ id, name, rota }) => [
        id,
        <article key={id} className={rows.row} aria-label={name}>
          <h2 className={rows.name}>
            <Link to={`/rotas/${id}`}>
              <UserText>{name}</UserText>
            </Link>
          </h2>
          <OnCallNow duty={duties.find((duty) => duty.rota_id === id)} zone={rota.time_zone} />
        </article>,
      ])}
    />
  );
}
