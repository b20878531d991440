import { defineConfig } from "vitest/config"

const source = ["protocol", "simulator", "target", "scenarios", "reports", "load", "cli"]

/**
 * Three projects: `unit` (pure, beside the source), `conformance` (each case on the clean target and on its
 * defects) and `e2e` (real sockets, real peers, packaging, browser).
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          // Properties run for seconds on a busy machine, and none is timed.
          testTimeout: 30_000,
          include: source.map((folder) => `${folder}/**/*.test.ts`),
          exclude: ["**/node_modules/**", "dist/**", "**/*.conformance.test.ts"],
        },
      },
      {
        test: {
          name: "conformance",
          include: source.map((folder) => `${folder}/**/*.conformance.test.ts`),
          testTimeout: 120_000,
        },
      },
      { test: { name: "e2e", include: ["test/**/*.test.ts"], testTimeout: 240_000, hookTimeout: 120_000 } },
    ],
  },
})
