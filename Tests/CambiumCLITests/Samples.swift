/// Tables for tests, small enough that a command takes a moment.
enum Samples {
  /// Settings that make growth short.
  static let brief = [
    "--set", "stopping.maximumUnits=3", "--set", "training.epochs=10", "--set", "restarts=1", "--quiet",
  ]

  /// y = a² + sin(3b), 60 rows, no noise.
  static let regression = table(header: "a,b,y") { a, b in "\(a * a + wave(b))" }

  /// Two targets.
  static let twoTargets = table(header: "a,b,y,z") { a, b in "\(a * a + wave(b)),\(a - b)" }

  /// Three classes by name.
  static let classes = table(header: "a,b,kind") { a, b in a > 0.3 ? "oak" : b > 0 ? "ash" : "elm, white" }

  /// Two classes, and a column of texts among the inputs.
  static let mixed =
    "size,colour,bought\n"
    + (0..<60).map { i in
      "\(i * 7 % 23),\(["red", "green", "blue"][i % 3]),\(i * 7 % 23 > 11 || i % 3 == 0 ? "yes" : "no")\n"
    }.joined()

  /// The regression table with a column that says what each row is for.
  static let split =
    "a,b,part,y\n"
    + regression.split(separator: "\n").dropFirst().enumerated().map { index, line in
      let fields = line.split(separator: ",")
      return "\(fields[0]),\(fields[1]),\(index % 6 < 4 ? 0 : index % 6 - 3),\(fields[2])\n"
    }.joined()

  private static func table(header: String, _ target: (Double, Double) -> String) -> String {
    var text = header + "\n"
    for i in 0..<60 {
      let a = Double(i * 17 % 61) / 30 - 1
      let b = Double(i * 29 % 59) / 30 - 1
      let answer = target(a, b)
      text += "\(a),\(b),\(answer.contains(", ") ? "\"\(answer)\"" : answer)\n"
    }
    return text
  }

  /// A smooth odd function, so that no C library is needed here.
  private static func wave(_ x: Double) -> Double { x * (1.5 - x * x) }
}
