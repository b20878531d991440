import type { World } from "../world.ts"

/** A directory as varied as a real one, on the day when provisioning is switched on. */
export async function initialCycle({ populate, recording, job }: World): Promise<void> {
  populate()
  recording.begin("load")
  await job.start()
}
