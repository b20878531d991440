/** Where generated people come from: names, places and phone numbers per locale, in several scripts. */
import type { Faker } from "@faker-js/faker"
import { faker as arabic } from "@faker-js/faker/locale/ar"
import { faker as czech } from "@faker-js/faker/locale/cs_CZ"
import { faker as german } from "@faker-js/faker/locale/de"
import { faker as greek } from "@faker-js/faker/locale/el"
import { faker as english } from "@faker-js/faker/locale/en"
import { faker as french } from "@faker-js/faker/locale/fr"
import { faker as hebrew } from "@faker-js/faker/locale/he"
import { faker as japanese } from "@faker-js/faker/locale/ja"
import { faker as korean } from "@faker-js/faker/locale/ko"
import { faker as polish } from "@faker-js/faker/locale/pl"
import { faker as russian } from "@faker-js/faker/locale/ru"
import { faker as turkish } from "@faker-js/faker/locale/tr"
import { faker as vietnamese } from "@faker-js/faker/locale/vi"
import { faker as chinese } from "@faker-js/faker/locale/zh_CN"

export interface Locale {
  /** The shared instance, used for its data only: draws come from instances of our own. */
  readonly data: Faker
  /** BCP 47. */
  readonly language: string
  /** As the directory keeps it: the country's English name. */
  readonly country: string
  /** ISO 3166. */
  readonly countryCode: string
  /** How a full name is put together. */
  readonly toFullName: (givenName: string, surname: string) => string
  /** Of a hundred people, about how many come from here. */
  readonly share: number
}

const western = (givenName: string, surname: string): string => `${givenName} ${surname}`
const familyFirst = (givenName: string, surname: string): string => `${surname} ${givenName}`
const familyFirstJoined = (givenName: string, surname: string): string => surname + givenName

export const LOCALES: readonly Locale[] = [
  { data: english, language: "en-US", country: "United States", countryCode: "US", toFullName: western, share: 34 },
  { data: german, language: "de-DE", country: "Germany", countryCode: "DE", toFullName: western, share: 12 },
  { data: french, language: "fr-FR", country: "France", countryCode: "FR", toFullName: western, share: 8 },
  { data: polish, language: "pl-PL", country: "Poland", countryCode: "PL", toFullName: western, share: 6 },
  { data: czech, language: "cs-CZ", country: "Czechia", countryCode: "CZ", toFullName: western, share: 4 },
  { data: turkish, language: "tr-TR", country: "Türkiye", countryCode: "TR", toFullName: western, share: 4 },
  { data: vietnamese, language: "vi-VN", country: "Vietnam", countryCode: "VN", toFullName: familyFirst, share: 4 },
  { data: russian, language: "ru-RU", country: "Russia", countryCode: "RU", toFullName: western, share: 5 },
  { data: greek, language: "el-GR", country: "Greece", countryCode: "GR", toFullName: western, share: 4 },
  { data: japanese, language: "ja-JP", country: "Japan", countryCode: "JP", toFullName: familyFirst, share: 6 },
  { data: chinese, language: "zh-CN", country: "China", countryCode: "CN", toFullName: familyFirstJoined, share: 5 },
  {
    data: korean,
    language: "ko-KR",
    country: "South Korea",
    countryCode: "KR",
    toFullName: familyFirstJoined,
    share: 3,
  },
  { data: arabic, language: "ar-EG", country: "Egypt", countryCode: "EG", toFullName: western, share: 3 },
  { data: hebrew, language: "he-IL", country: "Israel", countryCode: "IL", toFullName: western, share: 2 },
]
