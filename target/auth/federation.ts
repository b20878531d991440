/**
 * Signed tokens whose issuer is trusted: which ones, as settings and in the database. Beside them the shape of the trust that
 * lets an OAuth client prove itself by an assertion (RFC 7523 §2.2, workload identity federation: WIRE-027, WIRE-028).
 */
import { z } from "zod"
import { jwksSchema } from "./jwks.ts"

/** Keys travel in the clear only where nobody else listens: http is for this machine. */
const jwksUrlSchema = z.string().refine(isSafeUrl, { message: "must be an https URL, or http on this machine" })

const claimsSchema = z.record(z.string(), z.string())

/** Who signs, for whom, and with which keys. */
export const trustSchema = z.strictObject({
  issuer: z.string().min(1),
  audience: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
  jwks: z.union([jwksUrlSchema, jwksSchema]),
  /** Claims that must have these values. */
  claims: claimsSchema.optional(),
})

/** An issuer signs for all applications of its tenant: without a claim that names one, each of them would be the client. */
export const federationSchema = trustSchema.extend({
  claims: claimsSchema.refine((claims) => Object.keys(claims).length > 0, {
    message: "must name the application: appid",
  }),
})
export type Federation = z.output<typeof federationSchema>

function isSafeUrl(text: string): boolean {
  const url = URL.parse(text)
  return url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname))
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}
