/** The machine a run ran on, as the report names it. */
import { arch, availableParallelism, cpus, platform, totalmem } from "node:os"
import type { Report } from "../../reports/index.ts"

const BYTES_PER_MB = 1024 * 1024

export function describeMachine(): Report["machine"] {
  const processor = cpus()[0]?.model.trim()
  return {
    platform: platform(),
    arch: arch(),
    cpus: availableParallelism(),
    memoryMb: Math.round(totalmem() / BYTES_PER_MB),
    node: process.versions.node,
    ...(processor !== undefined && processor !== "" && { processor }),
  }
}
