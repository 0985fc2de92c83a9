// Whether the bot lives: its local chat answers within the container. What it asks for is not there, so that no engine
// and no table is asked; that "not there" comes back says that the process takes requests.
const WAIT_MS = 5_000;
const port = process.env.PORT ?? "3000";

try {
  const { status } = await fetch(`http://127.0.0.1:${port}/assets/none/none`, {
    signal: AbortSignal.timeout(WAIT_MS),
  });
  process.exitCode = status === 404 ? 0 : 1;
} catch {
  process.exitCode = 1;
}
