/**
 * Tokens that the tenant issues itself, as JWTs: the one that goes to the target where the secret token is left empty (ENG-CRED-02,
 * WIRE-022), and the assertion of workload identity federation (WIRE-027, -028). Time and key are passed in; with the same key and
 * time the same token comes out.
 */
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JSONWebKeySet,
  type JWK,
  SignJWT,
} from "jose"

const ALGORITHM = "RS256"

/** A private RSA key of the tenant's issuer, as a JWK with its `kid`. */
export type SigningKey = JWK & { readonly kid: string }

/** Who issues, and for whom: the tenant, and the application that the job belongs to. */
export interface TokenIssuer {
  readonly tenantId: string
  /** Object id of the application's service principal. */
  readonly principalId: string
  /** The application's client id. */
  readonly appId: string
  readonly key: SigningKey
}

/** The application template of every non-gallery application: the audience of the tenant's own tokens (WIRE-022, documented). */
export const NON_GALLERY_TEMPLATE_ID = "8adf8e6e-67b2-4cf2-a259-e3dc5476c621"

/** WIRE-022: the documented audience, or what older captures show (observed). */
export type EntraTokenForm = "documented" | "captured"

const CAPTURED = { audience: "00000002-0000-0000-c000-000000000000", appid: "00000014-0000-0000-c000-000000000000" }

/** Of an assertion (WIRE-028, documented); that of the tenant's own tokens is unpublished and taken to be the same. */
export const TOKEN_LIFE_MS = 3900 * 1000

/** The token for a target whose secret token is left empty (WIRE-022). It lives for {@link TOKEN_LIFE_MS}. */
export function issueEntraToken(issuer: TokenIssuer, form: EntraTokenForm, nowMs: number): Promise<string> {
  const claims = form === "captured" ? { appid: CAPTURED.appid } : {}
  const audience = form === "captured" ? CAPTURED.audience : NON_GALLERY_TEMPLATE_ID
  return sign(claims, { issuer: entraTokenIssuer(issuer.tenantId), audience, key: issuer.key, nowMs })
}

/**
 * The assertion that stands in for a client secret (WIRE-028). Whose ids `sub`, `oid` and `appid` are is not said: those of the job's
 * own application (inferred).
 */
export function issueAssertion(issuer: TokenIssuer, audience: string, nowMs: number): Promise<string> {
  const { tenantId: tid, principalId, appId, key } = issuer
  const claims = { sub: principalId, oid: principalId, appid: appId, tid, ver: "2.0" }
  return sign(claims, { issuer: assertionIssuer(tid), audience, key, nowMs })
}

/** `iss` of the tenant's own tokens (WIRE-022, documented). */
export function entraTokenIssuer(tenantId: string): string {
  return `https://sts.windows.net/${tenantId}/`
}

/** `iss` of its assertions (WIRE-028, documented); the keys are below it, at `discovery/v2.0/keys` of the tenant. */
export function assertionIssuer(tenantId: string): string {
  return `https://login.microsoftonline.com/${tenantId}/v2.0`
}

/** What a verifier needs: the public half, as the JWKS document of the tenant. */
export function publicKeys({ kid, kty, n, e }: SigningKey): JSONWebKeySet {
  return {
    keys: [
      {
        kid,
        ...(kty !== undefined && { kty }),
        ...(n !== undefined && { n }),
        ...(e !== undefined && { e }),
        alg: ALGORITHM,
        use: "sig",
      },
    ],
  }
}

/** A fresh key, by the machine's chance: it never stands in a request, only signatures by it do. */
export async function systemSigningKey(): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true })
  const jwk = await exportJWK(privateKey)
  return { ...jwk, kid: await calculateJwkThumbprint(jwk) }
}

/** Whether a key can sign. */
export function isSigningKey({ kty, kid, d }: JWK): boolean {
  return kty === "RSA" && kid !== undefined && kid !== "" && d !== undefined
}

async function sign(
  claims: Readonly<Record<string, string>>,
  {
    issuer,
    audience,
    key,
    nowMs,
  }: { readonly issuer: string; readonly audience: string; readonly key: SigningKey; readonly nowMs: number },
): Promise<string> {
  const issuedAt = Math.floor(nowMs / 1000)
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: ALGORITHM, typ: "JWT", kid: key.kid })
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(issuedAt)
    .setNotBefore(issuedAt)
    .setExpirationTime(issuedAt + TOKEN_LIFE_MS / 1000)
    .sign(await importJWK(key, ALGORITHM))
}
