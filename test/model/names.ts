/** What people and groups of a history are called, and the values that their attributes take. */

/** Names that people take, give back and take over. Some are awkward to quote. */
export const PERSON_NAMES = [
  "ada",
  "bob",
  "cleo",
  "dora",
  "emil",
  "fay",
  "gus",
  "o'hara",
  "ines",
  "j.smith",
  "kai",
  "lena",
  "mo",
  "nia",
] as const

export const TEAM_NAMES = [
  "Pickers",
  "Team Sorters",
  'The "A" Team',
  "Équipe 7",
  "R&D + Ops",
  "Team of Ten",
  "Night shift",
  "Team (50%)",
  "Packers",
  "Drivers' Team",
] as const

/** Attributes that change in the life of a person, with the values they take. */
export const ATTRIBUTE_VALUES = {
  displayName: ["Ada Lovelace", "Bob O'Neil", "Zoë \u{1F34E}", 'Jo "the boss" Smith', "ada lovelace"],
  givenName: ["Ada", "Zoë", "Jo"],
  surname: ["Lovelace", "O'Neil", "Smith", "smith"],
  jobTitle: ["Picker", "Sorter", "retired picker"],
  department: ["Sales", "IT", "Orchard & Press"],
  companyName: ["Orchard Ltd", "Press & Co"],
  city: ["York", "New York", "Paris"],
  mail: ["one@orchard.example", "two@orchard.example"],
  mobile: ["+44 20 7946 0001", "+44 20 7946 0002"],
  streetAddress: ["1 Apple Row", "2 Pear Lane\nBack door"],
  preferredLanguage: ["en-US", "fr-FR"],
  mailNickname: ["nick1", "nick2"],
} as const satisfies Record<string, readonly string[]>

export type ChangeableAttribute = keyof typeof ATTRIBUTE_VALUES
export const ATTRIBUTES = Object.keys(ATTRIBUTE_VALUES).filter(
  (name): name is ChangeableAttribute => name in ATTRIBUTE_VALUES,
)
