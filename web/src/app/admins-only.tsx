import { Outlet } from "react-router";

import { isAtLeast, useMe } from "@/shared/api/me";

import { NotFoundPage } from "./not-found-page";

/** Pages that are there for admins; for others there is no such page. */
export function AdminsOnly() {
  return isAtLeast(useMe(), "admin") ? <Outlet /> : <NotFoundPage />;
}
