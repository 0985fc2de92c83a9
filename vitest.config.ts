import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    testTimeout: 30_000,
    // One worker a core: the default leaves one core idle, which on two cores is half of the machine.
    maxWorkers: "100%",
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["src/**/*.test.ts", "bots/**/*.test.ts", "pipeline/**/*.test.ts", "reports/**/*.test.ts"],
        },
      },
      { extends: true, test: { name: "whole", include: ["test/**/*.test.ts"], exclude: ["test/peers/**"] } },
      // Needs more than Node and npm, so it is not part of npm test: npm run test:peers finds what it needs.
      {
        extends: true,
        test: {
          name: "peers",
          include: ["test/peers/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
