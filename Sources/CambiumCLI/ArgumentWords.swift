/// The words of a call, made plain for the argument parser.
///
/// `--target a b` and `--set x=1 y=2` mean the same as the option repeated, wherever that can be told: after
/// the command's own arguments, every bare word belongs to the option before it.
enum ArgumentWords {
  static let repeatable: Set = ["--target", "--set", "--ignore", "--where", "--cell"]
  /// Options without a value; a test keeps them and the counts below complete.
  static let flags: Set = [
    "--json", "--quiet", "--probabilities", "--means", "--condense", "--keep-growth", "--checkpoint",
    "--resume", "--dry-run", "--pdf", "--retry-failures", "--higher-is-better", "--worker", "--yes",
    "--settings", "--all", "--measure", "--report", "--cells", "--collect", "--help", "-help", "-h",
    "--version",
  ]
  /// The arguments of the commands that have repeatable options.
  static let argumentCounts = [
    "grow": 1, "fit": 2, "convert": 2, "run": 1, "status": 1, "collect": 1, "report": 1, "results": 1,
    "plan": 0,
  ]

  /// The words with lists of values written as repeated options.
  static func expanded(_ words: [String]) -> [String] {
    guard let command = words.first, var missing = argumentCounts[command] else { return words }
    var expanded = [command]
    var option: String?  // the option whose value comes next
    var list: String?  // the option that further bare words belong to
    for (index, word) in words.enumerated().dropFirst() {
      if word == "--" { return expanded + words[index...] }
      if let pending = option {
        expanded.append(word)
        option = nil
        list = repeatable.contains(pending) ? pending : nil
      } else if word.hasPrefix("-"), word != "-" {
        expanded.append(word)
        option = flags.contains(word) || word.contains("=") ? nil : word
        list = nil
      } else if missing == 0, let name = list {
        expanded += [name, word]
      } else {
        expanded.append(word)
        missing = max(0, missing - 1)
        list = nil
      }
    }
    return expanded
  }
}
