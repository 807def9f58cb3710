import Foundation
import Testing

/// Waits until a command has said something on standard error; it may take its time on a busy machine.
private func wait(for words: String, from command: RunningCommand) {
  for _ in 0..<6000 where command.isRunning && !command.errorsSoFar().contains(words) {
    Thread.sleep(forTimeInterval: 0.01)
  }
}

@Test(arguments: [SIGINT, SIGTERM, SIGHUP])
func anInterruptKeepsTheBestSoFar(_ signal: Int32) throws {
  let place = try Workplace()
  try place.write("data.csv", try place.run("generate", "friedman1", "--rows", "2000", "--seed", "1").output)
  let command = try place.start([
    "grow", "data.csv", "--out", "model.json", "--json", "--validation", "0", "--set",
    "stopping.maximumUnits=10000", "--set", "refinement.every=0",
  ])
  wait(for: "    2  ", from: command)
  kill(command.processIdentifier, signal)
  let outcome = try command.finish()
  #expect(outcome.status == 130, "\(outcome.errors)")
  #expect(try outcome.json()["stopReason"] as? String == "interrupted")
  #expect(place.read("model.json") != nil)
  #expect(try place.run("evaluate", "model.json", "data.csv").status == 0)
}
