/** The machine that a measurement was taken on, in one line. */
import { cpus, totalmem } from "node:os"

export function describeMachine(): string {
  const processor = cpus()[0]?.model ?? "unknown processor"
  return `${cpus().length} × ${processor}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`
}
