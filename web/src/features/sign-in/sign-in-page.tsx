import { Button } from "@mantine/core";

import { Wordmark } from "@/shared/ui/wordmark";

import classes from "./sign-in-page.module.css";

interface Props {
  error: Error | undefined;
  onSignIn: () => void;
}

export function SignInPage({ error, onSignIn }: Props) {
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <Wordmark />
        <h1 className={classes.title}>Hand a session over without losing a step</h1>
        {error && (
          <p role="alert" className={classes.error}>
            The sign-in did not work. Try once more; if it stays, tell your administrator: “{error.message}”.
          </p>
        )}
        <Button size="md" onClick={onSignIn} autoFocus>
          Sign in
        </Button>
        <p className={classes.hint}>You come back to the page you asked for.</p>
      </div>
    </main>
  );
}
