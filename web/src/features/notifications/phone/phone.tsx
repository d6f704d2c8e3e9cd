import { Button } from "@mantine/core";
import { useState } from "react";

import classes from "@/features/notifications/push/devices.module.css";
import type { NotificationSettings } from "@/shared/api/types";
import { Age } from "@/shared/ui/age";
import { confirm } from "@/shared/ui/confirmation-store";
import form from "@/shared/ui/form.module.css";
import { ProblemNote } from "@/shared/ui/problem-note";

import { CodeForm } from "./code-form";
import { NumberForm } from "./number-form";
import { useRemovePhone } from "./use-phone";

type Confirmed = NonNullable<NotificationSettings["phone"]>;

/** The mobile number that the person gets SMS on: added, confirmed by a code, changed and removed. */
export function Phone({ settings }: { settings: NotificationSettings }) {
  const [isChanging, setChanging] = useState(false);
  const { sends_sms: sendsSms, phone, phone_code: code } = settings;
  if (!sendsSms) return null;
  return (
    <section aria-labelledby="phone" className={classes.section}>
      <h2 id="phone" className={classes.heading}>
        SMS
      </h2>
      <p className={form.hint}>
        {phone
          ? "At most one a minute. Choose above from which priority you get them."
          : "Urgent escalations can reach your mobile phone, at most one a minute."}
      </p>
      {phone && <ConfirmedNumber phone={phone} onChange={isChanging || code ? undefined : () => setChanging(true)} />}
      {code && (
        <CodeForm
          key={code.ends_at}
          code={code}
          onConfirmed={() => {
            setChanging(false);
            confirm("Your number is confirmed.");
          }}
        />
      )}
      {(isChanging || !phone) && <NumberForm isAgain={code !== null} />}
    </section>
  );
}

function ConfirmedNumber({ phone, onChange }: { phone: Confirmed; onChange: (() => void) | undefined }) {
  const removeMutation = useRemovePhone();
  return (
    <>
      {removeMutation.isError && <ProblemNote error={removeMutation.error} />}
      <div className={classes.device}>
        <span className={classes.name}>
          {phone.number}
          <small className={classes.quiet}>
            Confirmed <Age at={phone.confirmed_at} suffix />
          </small>
        </span>
        {onChange && (
          <Button variant="default" size="xs" aria-label="Change number" onClick={onChange}>
            Change
          </Button>
        )}
        <Button
          variant="default"
          size="xs"
          aria-label={`Remove ${phone.number}`}
          loading={removeMutation.isPending}
          onClick={() => removeMutation.mutate()}
        >
          Remove
        </Button>
      </div>
    </>
  );
}
