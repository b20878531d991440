/** The machine a run ran on, as the report names it. */
import { arch, availableParallelism, platform, totalmem } from "node:os"
import type { Report } from "../../reports/index.ts"

const BYTES_PER_MB = 1024 * 1024

export function describeMachine(): Report["machine"] {
  return {
    platform: platform(),
    arch: arch(),
    cpus: availableParallelism(),
    memoryMb: Math.round(totalmem() / BYTES_PER_MB),
    node: process.versions.node,
  }
}
