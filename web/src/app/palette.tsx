import { useMantineColorScheme } from "@mantine/core";
import { spotlight } from "@mantine/spotlight";
import { useEffect } from "react";
import { useNavigate } from "react-router";

import { type CommandGroup, CommandPalette } from "@/features/commands/command-palette";
import { useEscalations } from "@/features/escalations/api/queries";
import { useSessions } from "@/features/sessions/api/queries";
import { isAtLeast, useMe } from "@/shared/api/me";
import { oneLine } from "@/shared/ui/plain-text";

import { useSessionCommands } from "./session-commands";
import { useSignOut } from "./use-sign-out";

interface Props {
  opened: boolean;
  onClose: () => void;
  onNewSession: () => void;
}

/** The command palette with all commands that apply to the current page. */
export function Palette({ opened, onClose, onNewSession }: Props) {
  useEffect(() => (opened ? spotlight.open() : spotlight.close()), [opened]);
  const me = useMe();
  const navigate = useNavigate();
  const sessions = useSessions().data?.pages.flatMap((page) => page.items) ?? [];
  const escalations = useEscalations().data?.pages.flatMap((page) => page.items) ?? [];
  const { setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();

  const groups: CommandGroup[] = [
    { name: "This session", commands: useSessionCommands() },
    {
      name: "Go to",
      commands: [
        ...(isAtLeast(me, "engineer") ? [{ id: "new", label: "New session", run: onNewSession }] : []),
        { id: "queue", label: "Escalations", keywords: "queue dashboard home", run: () => void navigate("/") },
        { id: "people", label: "People", keywords: "on call away availability", run: () => void navigate("/people") },
        { id: "rotas", label: "Rotas", keywords: "on call shifts calendar", run: () => void navigate("/rotas") },
        ...(isAtLeast(me, "senior")
          ? [{ id: "readiness", label: "Readiness", keywords: "reach on call page test", run: () => void navigate("/readiness") }]
          : []),
        ...(isAtLeast(me, "admin")
          ? [
              { id: "integrations", label: "Integrations", keywords: "settings psa tickets", run: () => void navigate("/integrations") },
              { id: "channels", label: "Channels", keywords: "settings slack teams webhooks", run: () => void navigate("/channels") },
              { id: "policy", label: "Policy", keywords: "settings deadlines ladder hours holidays clients", run: () => void navigate("/policy") },
            ]
          : []),
      ],
    },
    {
      name: "Waiting",
      commands: escalations.map((item) => ({
        id: `queue-${item.handoff_id}`,
        label: oneLine(item.problem_summary),
        description: [item.priority, item.psa_ticket_id && `#${item.psa_ticket_id}`].filter(Boolean).join(" · "),
        run: () => void navigate(`/pilot/${item.session_id}?pickup=true`),
      })),
    },
    {
      name: "My sessions",
      commands: sessions.map((session) => ({
        id: `session-${session.id}`,
        label: oneLine(session.title),
        ...(session.psa_ticket_id && { description: `#${session.psa_ticket_id}` }),
        run: () => void navigate(`/pilot/${session.id}`),
      })),
    },
    {
      name: "Appearance",
      commands: (["light", "dark", "auto"] as const).map((scheme) => ({
        id: scheme,
        label: scheme === "auto" ? "Light or dark as the system" : `Use ${scheme} colors`,
        keywords: "theme color scheme",
        run: () => setColorScheme(scheme),
      })),
    },
    { name: "Me", commands: [{ id: "sign-out", label: "Sign out", run: signOut }] },
  ];
  return <CommandPalette groups={groups} opened={opened} onClose={onClose} />;
}
