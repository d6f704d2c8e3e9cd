import { Button, TextInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";

import type { NotificationSettings } from "@/shared/api/types";
import { Age } from "@/shared/ui/age";
import form from "@/shared/ui/form.module.css";
import { LIMITS } from "@/shared/ui/limits";
import { ProblemNote } from "@/shared/ui/problem-note";
import { UserText } from "@/shared/ui/user-text";

import classes from "./devices.module.css";
import { browserName, isPushSupported } from "./push-support";
import { NotAllowed } from "./subscription";
import { useRemoveDevice, useSubscribe, useThisDevice } from "./use-push";

/** The browsers that get the person's push messages, and a way to make this one of them. */
export function Devices({ settings }: { settings: NotificationSettings }) {
  const here = useThisDevice(settings);
  const { devices, push_public_key: publicKey } = settings;
  if (!publicKey) return null;
  return (
    <section aria-labelledby="devices" className={classes.section}>
      <h2 id="devices" className={classes.heading}>
        Push messages
      </h2>
      <p className={form.hint}>They arrive on your lock screen or desktop, also while FlowPilot is closed.</p>
      {devices.length > 0 && <DeviceList devices={devices} here={here ?? null} />}
      {here === null && <AddThisBrowser publicKey={publicKey} />}
    </section>
  );
}

function DeviceList({ devices, here }: { devices: NotificationSettings["devices"]; here: string | null }) {
  const removeMutation = useRemoveDevice();
  return (
    <>
      {removeMutation.isError && <ProblemNote error={removeMutation.error} />}
      <ul aria-label="Devices" className={classes.devices}>
        {devices.map(({ id, name, added_at: addedAt }) => (
          <li key={id} className={classes.device}>
            <span className={classes.name}>
              <UserText>{name}</UserText>
              <small className={classes.quiet}>
                {id === here && "This browser · "}added <Age at={addedAt} suffix />
              </small>
            </span>
            <Button
              variant="default"
              size="xs"
              aria-label={`Remove ${name}`}
              loading={removeMutation.isPending && removeMutation.variables === id}
              onClick={() => removeMutation.mutate(id)}
            >
              Remove
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}

function AddThisBrowser({ publicKey }: { publicKey: string }) {
  const [name, setName] = useState(browserName);
  const subscribeMutation = useSubscribe(publicKey);
  if (!isPushSupported()) {
    return <p className={form.hint}>This browser gets no push messages. On an iPhone or iPad, add FlowPilot to the home screen first.</p>;
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    subscribeMutation.mutate(name.trim() || browserName());
  };
  return (
    <form onSubmit={submit} className={classes.add}>
      <TextInput label="Name of this browser" value={name} maxLength={LIMITS.line} onChange={(event) => setName(event.currentTarget.value)} />
      <Button type="submit" variant="default" loading={subscribeMutation.isPending}>
        Get push messages here
      </Button>
      {subscribeMutation.error instanceof NotAllowed && (
        <p role="alert" className={classes.refused}>
          {subscribeMutation.error.message}
        </p>
      )}
      {subscribeMutation.isError && !(subscribeMutation.error instanceof NotAllowed) && <ProblemNote error={subscribeMutation.error} />}
    </form>
  );
}
