/** Members who are all alike in kind: provisioned at once, nobody blocked, everybody with a title that can change. */
import type { PeopleOptions } from "../../../simulator/index.ts"

export const PLAIN_PEOPLE: PeopleOptions = {
  guestShare: 0,
  disabledShare: 0,
  mailMissingShare: 0,
  withManagers: false,
}
