import { PeopleList } from "@/features/people/people-list";

import { usePageTitle } from "./use-page-title";

/** `/people`: the people of the account. */
export function PeoplePage() {
  usePageTitle("People");
  return <PeopleList />;
}
