import { Autocomplete } from "@mantine/core";

const ZONES = Intl.supportedValuesOf("timeZone");
const MOST_SHOWN = 30;

interface Props {
  description: string;
  value: string;
  onChange: (zone: string) => void;
  error: string | null;
}

/** A time zone by its IANA name. A name that this browser does not know can be written too: the API knows the newest ones. */
export function TimeZoneField({ description, value, onChange, error }: Props) {
  return (
    <Autocomplete
      label="Time zone"
      description={description}
      placeholder="Type a city, such as Brussels"
      data={ZONES}
      limit={MOST_SHOWN}
      filter={({ options, search, limit }) => {
        const words = search.toLowerCase().split(/[\s/_]+/);
        const isFound = (zone: string) => words.every((word) => zone.toLowerCase().includes(word));
        return options.filter((option) => "value" in option && isFound(option.value)).slice(0, limit);
      }}
      value={value}
      onChange={onChange}
      error={error}
      autoComplete="off"
      required
    />
  );
}
