import { type Check, mistake } from "./check";

/** What fires always is worth something only where somebody notices that it stopped. */
export const heartbeatMissing: Check = ({ environment, services }) =>
  environment.heartbeat
    ? []
    : services.flatMap(({ name, watch }) =>
        watch
          .flatMap(({ alerts }) => alerts.filter(({ when }) => when.test.op === "always"))
          .map(({ id, place }) =>
            mistake(
              "heartbeat-missing",
              `${environment.name}/${name}/${id}`,
              place,
              `${id} fires always, and ${environment.name} has nobody who would miss it`,
              'declare `heartbeat: webhook("heartbeat", { url })` in the environment',
            ),
          ),
      );
