/** What the frame offers to the page inside it. */
export interface ShellContext {
  onNewSession: () => void;
}
