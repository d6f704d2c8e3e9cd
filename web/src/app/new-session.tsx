import { useNavigate } from "react-router";

import { NewSessionDialog } from "@/features/sessions/new-session/new-session-dialog";

import { FOCUS_MESSAGE } from "./focus-message";

/** The dialog for a new session. Opens the session once it is created. */
export function NewSession({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const navigate = useNavigate();
  return (
    <NewSessionDialog
      opened={opened}
      onClose={onClose}
      onCreated={(session) => {
        void navigate(`/pilot/${session.id}`, { replace: opened, state: FOCUS_MESSAGE });
      }}
    />
  );
}
