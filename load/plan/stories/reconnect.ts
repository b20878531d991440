import type { World } from "../world.ts"

/** The application was removed from the tenant and connected again: a job that knows nothing finds everybody (ENG-MATCH-01). */
export async function reconnect({ populate, recording, job, reconnect: connectAgain }: World): Promise<void> {
  populate()
  await job.start()
  job.pause()
  recording.begin("load")
  await connectAgain().start()
}
