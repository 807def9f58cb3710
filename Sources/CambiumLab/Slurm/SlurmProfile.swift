internal import CambiumCore

/// What a site and its jobs want: the profile file of `cambium run --executor slurm`. Empty values leave a choice to the site.
public struct SlurmProfile: Spec, Equatable {
  /// The partition; by default the site's own.
  public var partition = ""
  /// The account that is charged; by default the user's own.
  public var account = ""
  /// The most time of a task, in one of Slurm's forms, such as `02:00:00`; by default the partition's own.
  public var time = ""
  /// The megabytes of a task; 0 for the partition's own. Runs get no more than their share of it.
  public var memory = 0
  /// The cores of a task, which runs so many cells at once, 1…1024.
  public var cpus = 1
  /// Modules to load first.
  public var modules: [String] = []
  /// Lines of shell before the program starts, such as `export NAME=value`.
  public var setup: [String] = []
  /// Further options of `sbatch`, such as `--constraint=avx2`.
  public var sbatch: [String] = []
  /// The most tasks at once; 0 for no bound but the site's.
  public var throttle = 0
  /// The cells of a task, which runs at least as many as it has cores. Sites want tasks that last some ten minutes.
  public var cellsPerTask = 1
  /// The seconds before its time is over at which a task stops, keeps what it has and queues itself again; 0 for never.
  public var signalSeconds = 120
  /// Whether tasks are queued again after a preemption, a lost node, or the signal.
  public var requeue = true

  /// The options that are the program's own to say.
  static let ownOptions = [
    "array", "chdir", "dependency", "error", "job-name", "open-mode", "output", "parsable", "requeue",
    "no-requeue", "signal", "wait", "test-only", "wrap",
  ]

  /// A task of one core, under the site's own limits.
  public init() {}

  /// Checks every range, and that nothing the program decides is decided here.
  public func validate() throws {
    for (key, value) in [("partition", partition), ("account", account), ("time", time)] {
      try require(Self.isPlain(value), key, quoted(value), "a word without blanks")
    }
    try require(
      time.isEmpty || SlurmTime.seconds(time).map { $0 > signalSeconds } ?? false, "time", quoted(time),
      "more than signalSeconds, as \(SlurmTime.forms)")
    try require(memory, in: 0...1_000_000_000, "memory")
    try require(cpus, in: 1...1024, "cpus")
    for (index, module) in modules.enumerated() {
      try require(
        !module.isEmpty && Self.isPlain(module), "modules.\(index)", quoted(module),
        "the name of a module, without blanks")
    }
    for (index, line) in setup.enumerated() {
      try require(!line.contains(where: \.isNewline), "setup.\(index)", quoted(line), "a single line")
    }
    for (index, option) in sbatch.enumerated() {
      try require(
        option.hasPrefix("-") && !option.contains(where: \.isNewline), "sbatch.\(index)", quoted(option),
        "an option of sbatch, such as --constraint=avx2")
      let name = option.drop { $0 == "-" }.prefix { $0 != "=" && $0 != " " }
      try require(
        !Self.ownOptions.contains(String(name)), "sbatch.\(index)", quoted(option),
        "another option: Cambium itself says --\(name)")
    }
    try require(throttle, in: 0...1_000_000, "throttle")
    try require(cellsPerTask, in: 1...1_000_000, "cellsPerTask")
    try require(signalSeconds, in: 0...65_535, "signalSeconds")
  }

  private static func isPlain(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy {
      $0.value > 32 && $0.value < 127 && !"\"'`$\\;&|<>".unicodeScalars.contains($0)
    }
  }
}
