import Foundation
import Testing

@testable import CambiumCLI

/// What the argument parser knows of its commands, as it tells other programs.
private struct Dump: Decodable {
  struct Command: Decodable {
    let commandName: String
    let arguments: [Argument]?
    let subcommands: [Command]?
  }

  struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String
      var text: String { (kind == "long" ? "--" : "-") + name }
    }
    let kind: String
    let isRepeating: Bool
    let names: [Name]?
  }

  let command: Command
}

private func commands() throws -> [Dump.Command] {
  let text = try Workplace().run("--experimental-dump-help").output
  let root = try JSONDecoder().decode(Dump.self, from: Data(text.utf8)).command
  return [root] + (root.subcommands ?? [])
}

@Test func everyFlagIsKnownToHaveNoValue() throws {
  let arguments = try commands().flatMap { $0.arguments ?? [] }
  let flags = arguments.filter { $0.kind == "flag" }.flatMap { $0.names ?? [] }.map(\.text)
  #expect(flags.contains("--retry-failures"))
  #expect(Set(flags) == ArgumentWords.flags)
}

@Test func everyRepeatableOptionTakesAList() throws {
  for command in try commands() {
    let arguments = command.arguments ?? []
    let repeatable = arguments.filter { $0.kind == "option" && $0.isRepeating }
      .flatMap { $0.names ?? [] }.map(\.text)
    #expect(ArgumentWords.repeatable.isSuperset(of: repeatable))
    if !repeatable.isEmpty {
      let count = arguments.count { $0.kind == "positional" }
      #expect(ArgumentWords.argumentCounts[command.commandName] == count, "\(command.commandName)")
    }
  }
}
