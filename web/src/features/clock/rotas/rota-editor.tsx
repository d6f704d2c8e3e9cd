import { useRota } from "@/features/clock/api/queries";
import type { SavedRota } from "@/shared/api/types";
import { ProblemNote } from "@/shared/ui/problem-note";
import { SkeletonLines } from "@/shared/ui/skeleton-lines";

import { RotaForm } from "./rota-form";

interface Props {
  id: string;
  isNew: boolean;
  onSaved: (saved: SavedRota) => void;
  onCancel: () => void;
  onDirtyChange: (isDirty: boolean) => void;
}

/** The form of a new rota, or of one that is loaded first. */
export function RotaEditor({ id, isNew, ...form }: Props) {
  const { data, error, isLoading, refetch } = useRota(id, !isNew);
  if (isNew) return <RotaForm id={id} {...form} />;
  if (isLoading) return <SkeletonLines widths={["medium", "long", "full"]} />;
  if (!data) return error && <ProblemNote error={error} onRetry={() => void refetch()} />;
  return <RotaForm id={id} saved={data} {...form} />;
}
