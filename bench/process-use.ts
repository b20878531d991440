/** What another process has used so far, where the system tells it (Linux). */
import { readdirSync, readFileSync } from "node:fs"

/** Ticks a second in /proc; the same on every Linux. */
const TICKS_PER_SECOND = 100

/** Microseconds of processor time in user and system mode; null where nobody says. */
export function processorTimeUs(pid: number): number | null {
  return scheduledUs(pid) ?? tickedUs(pid)
}

/** As the scheduler counts it, to the nanosecond, for each thread. */
function scheduledUs(pid: number): number | null {
  try {
    const tasks = readdirSync(`/proc/${pid}/task`)
    const spent = tasks.map((task) => Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, "utf8").split(" ")[0]))
    return spent.reduce((sum, ns) => sum + ns, 0) / 1000
  } catch {
    return null
  }
}

function tickedUs(pid: number): number | null {
  try {
    // The name in brackets may hold spaces; what follows does not. utime and stime are fields 14 and 15.
    const [, fields = ""] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")
    const [user = 0, system = 0] = fields.split(" ").slice(11, 13).map(Number)
    return ((user + system) * 1_000_000) / TICKS_PER_SECOND
  } catch {
    return null
  }
}

/** The most memory that it has held, in bytes; null where nobody says. */
export function peakMemoryBytes(pid: number): number | null {
  return statusBytes(pid, /^VmHWM:\s+(\d+) kB$/m)
}

/** The memory that it holds now, in bytes; null where nobody says. */
export function memoryBytes(pid: number): number | null {
  return statusBytes(pid, /^VmRSS:\s+(\d+) kB$/m)
}

function statusBytes(pid: number, line: RegExp): number | null {
  try {
    const kib = line.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]
    return kib === undefined ? null : Number(kib) * 1024
  } catch {
    return null
  }
}
