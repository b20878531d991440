import { BlockList } from "node:net"
import { expect, it } from "vitest"
import { beyondLoopback } from "./loopback.ts"

type Family = "ipv4" | "ipv6"
const familyOf = (address: string): Family => (address.includes(":") ? "ipv6" : "ipv4")

// One list for each family, as k6 keeps them apart.
const lists = { ipv4: new BlockList(), ipv6: new BlockList() }
for (const range of beyondLoopback()) {
  const [address = "", prefix] = range.split("/")
  lists[familyOf(address)].addSubnet(address, Number(prefix), familyOf(address))
}
const isCovered = (address: string): boolean => lists[familyOf(address)].check(address, familyOf(address))

it.each(["127.0.0.1", "127.255.255.254", "::1"])("leaves %s alone", (address) => {
  expect(isCovered(address)).toBe(false)
})

it.each([
  "0.0.0.0",
  "126.255.255.255",
  "128.0.0.1",
  "10.0.0.1",
  "192.168.1.1",
  "255.255.255.255",
  "::",
  "::2",
  "fe80::1",
  "2001:db8::1",
])("covers %s", (address) => {
  expect(isCovered(address)).toBe(true)
})
