import { expect, it } from "vitest"
import { resetEffects } from "./reset.ts"

const nothing = { links: false, escrows: false, watermark: false, quarantine: false, forceDeletes: false }

it("ENG-RESTART-01 ENG-RESTART-03 without flags: as the portal does, links kept", () => {
  expect(resetEffects()).toEqual({
    ...nothing,
    escrows: true,
    watermark: true,
    quarantine: true,
  })
})

it("ENG-RESTART-01 each flag resets its own", () => {
  expect(resetEffects(["Watermark"])).toEqual({ ...nothing, watermark: true })
  expect(resetEffects(["Escrows"])).toEqual({ ...nothing, escrows: true })
  expect(resetEffects(["QuarantineState"])).toEqual({ ...nothing, quarantine: true })
  expect(resetEffects(["ConnectorDataStore"])).toEqual({ ...nothing, links: true })
})

it("ENG-RESTART-02 Full is all four", () => {
  expect(resetEffects(["Full"])).toEqual({
    links: true,
    escrows: true,
    watermark: true,
    quarantine: true,
    forceDeletes: false,
  })
})

it("ENG-RESTART-01 ENG-DEL-06 ForceDeletes resets nothing", () => {
  expect(resetEffects(["ForceDeletes"])).toEqual({ ...nothing, forceDeletes: true })
})

it("ENG-RESTART-01 None only starts", () => {
  expect(resetEffects(["None"])).toEqual({ ...nothing, quarantine: true })
})
