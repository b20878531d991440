/** Reads the values of flags; what cannot be read is told by commander, with the flag's name. */
import { InvalidArgumentError } from "commander"

/** Gathers the values of a flag that repeats. */
export function collect(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value]
}

export function toWholeNumber(value: string): number {
  if (!/^\d{1,15}$/.test(value)) throw new InvalidArgumentError("It takes a whole number.")
  return Number(value)
}

export function toSeconds(value: string): number {
  const match = /^(\d+(?:\.\d+)?|\.\d+)s?$/.exec(value)
  if (match?.[1] === undefined || Number(match[1]) === 0) {
    throw new InvalidArgumentError("It takes a number of seconds, e.g. 30 or 0.5.")
  }
  return Number(match[1])
}

/** `25` or `25/s`: requests a second. */
export function toRate(value: string): number {
  const match = /^(\d+(?:\.\d+)?|\.\d+)(?:\/s)?$/.exec(value)
  if (match?.[1] === undefined || Number(match[1]) === 0) {
    throw new InvalidArgumentError("It takes requests a second, e.g. 25 or 25/s.")
  }
  return Number(match[1])
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { "": 1, s: 1, m: 60, h: 3600 }

/** `90`, `90s`, `5m` or `1h`: seconds. */
export function toDuration(value: string): number {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?)([smh]?)$/.exec(value) ?? []
  const seconds = Number(number) * (UNIT_SECONDS[unit] ?? Number.NaN)
  if (!(seconds > 0)) throw new InvalidArgumentError("It takes a duration, e.g. 30s, 5m or 1h.")
  return seconds
}

/** `maxPageSize=100`: gathers limits by their names; whether there is such a limit is for the target to say. */
export function collectLimit(
  value: string,
  previous: Readonly<Record<string, number>> | undefined,
): Readonly<Record<string, number>> {
  const [, name, number] = /^(\w+)=(\d{1,15})$/.exec(value) ?? []
  if (name === undefined) throw new InvalidArgumentError("It takes a limit and a whole number, e.g. maxPageSize=100.")
  return { ...previous, [name]: Number(number) }
}
