/** Whom an endpoint is judged for, in the order of the verdicts. A file of its own: to write a report takes no schema. */
export const CLIENTS = ["entra", "entra-optscim", "rfc"] as const
