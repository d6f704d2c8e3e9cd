import { createTheme } from "@mantine/core";

/** Mantine's settings that have to be JavaScript; all styles are in `styles/`. */
export const theme = createTheme({
  fontFamily: "var(--font)",
  primaryColor: "blue",
  defaultRadius: 6,
  cursorType: "pointer",
  components: {
    Button: { defaultProps: { size: "sm" } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false } },
  },
});
