import type { Check } from "../../define.ts"
import { booleans } from "./booleans.ts"
import { createUser } from "./create-user.ts"
import { creationAnswer } from "./creation-answer.ts"
import { duplicateOtherCase } from "./duplicate-other-case.ts"
import { duplicateUser } from "./duplicate-user.ts"
import { extensionInSchemas } from "./extension-in-schemas.ts"
import { extension } from "./extension.ts"
import { externalId } from "./external-id.ts"
import { meta } from "./meta.ts"
import { missingSchemas } from "./missing-schemas.ts"
import { missingUserName } from "./missing-user-name.ts"
import { nullValues } from "./null-values.ts"
import { password } from "./password.ts"
import { serverAttributes } from "./server-attributes.ts"
import { singlePrimary } from "./single-primary.ts"
import { textRoundTrip } from "./text-round-trip.ts"
import { wrongType } from "./wrong-type.ts"

/** Checks of create, in the order of reports: the basic ones first. */
export const createChecks: readonly Check[] = [
  createUser,
  duplicateUser,
  booleans,
  creationAnswer,
  duplicateOtherCase,
  extensionInSchemas,
  extension,
  externalId,
  meta,
  missingSchemas,
  missingUserName,
  nullValues,
  password,
  serverAttributes,
  singlePrimary,
  textRoundTrip,
  wrongType,
]
