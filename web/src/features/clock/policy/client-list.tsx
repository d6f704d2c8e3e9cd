import { ActionIcon, Button } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";

import { Foldable } from "@/features/clock/fields/foldable";
import { useEngineers } from "@/shared/api/engineers";

import { ClientFields } from "./client-fields";
import { clientName, clientWords } from "./draft-words";
import { type ClientDraft, newClient, type PolicyDraft } from "./policy-draft";
import classes from "./policy-form.module.css";
import type { Errors } from "./use-policy-form";

interface Props {
  draft: PolicyDraft;
  onChange: (clients: ClientDraft[]) => void;
  errors: Errors;
}

const ICONS = { up: IconArrowUp, down: IconArrowDown, remove: IconTrash };

/** Clients with rules of their own, in the order in which the first match counts. */
export function ClientList({ draft, onChange, errors }: Props) {
  const people = useEngineers().data ?? [];
  const [newKey, setNewKey] = useState<string | null>(null);
  const { clients } = draft;
  const add = () => {
    const client = newClient();
    setNewKey(client.key);
    onChange([...clients, client]);
  };
  const swap = (one: number, other: number) =>
    onChange(clients.map((client, index) => clients[index === one ? other : index === other ? one : index] ?? client));
  return (
    <>
      {clients.length > 0 && (
        <ol className={classes.folds} aria-label="Clients">
          {clients.map((client, index) => {
            const name = clientName(client);
            return (
              <li key={client.key}>
                <Foldable
                  title={<bdi>{name}</bdi>}
                  summary={clientWords(client, people)}
                  hasError={errors.at(`/clients/${index}`) !== null}
                  isOpenAtFirst={client.key === newKey}
                  actions={
                    <>
                      {index > 0 && <Action kind="up" label={`Move ${name} up`} onClick={() => swap(index, index - 1)} />}
                      {index < clients.length - 1 && (
                        <Action kind="down" label={`Move ${name} down`} onClick={() => swap(index, index + 1)} />
                      )}
                      <Action
                        kind="remove"
                        label={`Remove ${name}`}
                        onClick={() => onChange(clients.filter(({ key }) => key !== client.key))}
                      />
                    </>
                  }
                >
                  <ClientFields
                    client={client}
                    onChange={(part) => onChange(clients.map((one) => (one.key === client.key ? { ...one, ...part } : one)))}
                    account={draft}
                    pointer={`/clients/${index}`}
                    errors={errors}
                  />
                </Foldable>
              </li>
            );
          })}
        </ol>
      )}
      {errors.of("/clients") && <p role="alert" className={classes.error}>{errors.of("/clients")}</p>}
      <Button variant="default" size="xs" className={classes.add} leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={add}>
        Add a client
      </Button>
    </>
  );
}

function Action({ kind, label, onClick }: { kind: keyof typeof ICONS; label: string; onClick: () => void }) {
  const Icon = ICONS[kind];
  return (
    <ActionIcon variant="subtle" color="gray" size={32} aria-label={label} onClick={onClick}>
      <Icon size={16} aria-hidden="true" />
    </ActionIcon>
  );
}
