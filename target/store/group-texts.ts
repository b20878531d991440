/**
 * The texts of the groups around resources, by the groups that they are in by themselves: people by the thousand are in the same
 * few. All is forgotten when a group is named anew, goes, or comes into another; that others join or leave it changes nothing here.
 */
import { Memo } from "../memo.ts"

/** Somebody in many groups has a text of many kilobytes. */
const TEXTS = 200

export class GroupTexts {
  #texts = new Memo<string>(TEXTS)
  #isEmpty = true

  get isEmpty(): boolean {
    return this.#isEmpty
  }

  /** The text for `key`, which names the groups and how they are shown. */
  recall(key: string, render: () => string): string {
    this.#isEmpty = false
    return this.#texts.recall(key, render)
  }

  forget(): void {
    if (this.#isEmpty) return
    this.#texts = new Memo(TEXTS)
    this.#isEmpty = true
  }
}
