import { Outlet } from "react-router";

import { isAtLeast, useMe } from "@/shared/api/me";

import { NotFoundPage } from "./not-found-page";

/** Shows its child routes to admins, and the "not found" page to others. */
export function AdminsOnly() {
  return isAtLeast(useMe(), "admin") ? <Outlet /> : <NotFoundPage />;
}
