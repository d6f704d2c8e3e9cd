import { Button } from "@mantine/core";
import { IconCompass } from "@tabler/icons-react";
import { Link } from "react-router";

import { Empty } from "@/shared/ui/empty";

export function NotFoundPage() {
  return (
    <Empty icon={<IconCompass size={24} aria-hidden="true" />} title="There is no such page" isPage>
      <p>The address may be mistyped.</p>
      <Button component={Link} to="/" variant="default" mt={16}>
        Go to escalations
      </Button>
    </Empty>
  );
}
