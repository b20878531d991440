/** The steps of the provisioning service, as plans, metrics and reports name them. Imports nothing: the profiles in k6 read it. */

/** All steps, in the order in which reports list them. */
export const STEPS = [
  "probe",
  "find-user",
  "read-user",
  "create-user",
  "update-user",
  "disable-user",
  "enable-user",
  "delete-user",
  "set-manager",
  "find-group",
  "read-group",
  "create-group",
  "update-group",
  "delete-group",
  "add-member",
  "remove-member",
] as const
export type Step = (typeof STEPS)[number]
