import { describe, expect, it } from "vitest"
import { evaluated, type Line } from "../evaluation-context.fixture.ts"

const LINES: readonly Line[] = [
  ["FN-TOLOWER-1", 'ToLower("ÄBC")', {}, "äbc"],
  ["FN-TOLOWER-1", 'ToLower("IÇI", "tr-TR")', {}, "ıçı"],
  ["FN-TOLOWER-1", "ToLower([x])", {}, null],
  ["FN-TOLOWER-3", 'ToLower("İI")', {}, "İi"],
  ["FN-TOLOWER-3", 'ToLower("İI", "en-US")', {}, "ii"],
  ["FN-TOUPPER-1", 'ToUpper("iı", "tr-TR")', {}, "İI"],
  ["FN-TOUPPER-1", 'ToUpper("abc", "")', {}, "ABC"],
  ["FN-TOUPPER-2", 'ToUpper("straßeﬁ")', {}, "STRAßEﬁ"],
  ["FN-TOUPPER-2", 'ToUpper("ı")', {}, "ı"],
  ["FN-PCASE-1", 'PCase("TEsT of 2nd")', {}, "Test Of 2Nd"],
  ["FN-PCASE-1", "PCase([x])", {}, null],
  ["FN-PCASE-2", 'PCase("mary-ann smith", " ")', {}, "Mary-ann Smith"],
  ["FN-PCASE-2", 'PCase("a_b-c(d)e!f+g€h")', {}, "A_B-C(D)E!F+G€H"],
  ["FN-PCASE-3", 'PCase("st john\'s x2y")', {}, "St John's X2y"],
  ["FN-NORMALIZEDIACRITICS-1", 'NormalizeDiacritics("Zoë Łódź")', {}, "Zoe Lodz"],
  ["FN-NORMALIZEDIACRITICS-2", 'NormalizeDiacritics("ß æ Ǣ ø Œ ö ä ü å ı İ")', {}, "ss ae AE oe OE o a u a i I"],
  ["FN-NORMALIZEDIACRITICS-3", 'NormalizeDiacritics("đ þ Ð й ё ᾳ 한")', {}, "đ þ Ð й ё ᾳ 한"],
  ["FN-NORMALIZEDIACRITICS-3", 'NormalizeDiacritics("œ")', {}, "oe"],
  ["FN-NORMALIZEDIACRITICS-3", "NormalizeDiacritics([x])", {}, null],
]

describe("case functions", () => {
  it.each(LINES)("%s %s of %o is %o", (_fact, expression, inputs, expected) => {
    expect(evaluated(expression, { inputs })).toEqual(expected)
  })

  it("FN-TOLOWER-1 a culture that is none is refused", () => {
    expect(() => evaluated('ToLower("A", "no culture")')).toThrow(
      'ToLower: "no culture" is not a culture name such as en-US',
    )
  })
})
