/// Spans of time as Slurm writes them.
enum SlurmTime {
  static let forms = "MINUTES, MM:SS, HH:MM:SS, DAYS-HH, DAYS-HH:MM or DAYS-HH:MM:SS"

  /// The seconds of a span; nil where it has none of the forms.
  static func seconds(_ text: String) -> Int? {
    let halves = text.split(separator: "-", omittingEmptySubsequences: false)
    guard halves.count <= 2, let last = halves.last, halves.count == 1 || !halves[0].isEmpty else {
      return nil
    }
    let parts = (halves.dropLast() + last.split(separator: ":", omittingEmptySubsequences: false)).map {
      $0.utf8.allSatisfy { (48...57).contains($0) } && $0.count <= 6 ? Int($0) : nil
    }
    let numbers = parts.compactMap { $0 }
    guard numbers.count == parts.count else { return nil }
    let units: [Int]
    switch (halves.count, numbers.count) {
    case (1, 1): units = [60]
    case (1, 2): units = [60, 1]
    case (1, 3): units = [3600, 60, 1]
    case (2, 2...4): units = [86_400, 3600, 60, 1]
    default: return nil
    }
    return zip(numbers, units).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
