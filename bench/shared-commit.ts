/** The bare server's second mode: writes that arrive within one turn of the event loop share one commit, as the target's do. */
import type { Database } from "better-sqlite3"

/** Gives a function that does a write and resolves once the commit that holds it is on the disk. */
export function createSharedCommit(db: Database): (write: () => void) => Promise<void> {
  const begin = db.prepare("BEGIN IMMEDIATE")
  const commit = db.prepare("COMMIT")
  let waiting: { write: () => void; done: () => void }[] = []
  return (write) =>
    new Promise((done) => {
      waiting.push({ write, done })
      if (waiting.length > 1) return
      setImmediate(() => {
        const together = waiting
        waiting = []
        begin.run()
        for (const one of together) one.write()
        commit.run()
        for (const one of together) one.done()
      })
    })
}
