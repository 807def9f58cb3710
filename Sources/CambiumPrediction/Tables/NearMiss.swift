/// Names that someone may have meant who wrote another: what an error suggests.
public enum NearMiss {
  /// The names nearest to `name`, best first: those at an edit distance of at most a third of its length (at least
  /// one), without regard to case.
  public static func names(nearestTo name: String, among names: [String], atMost limit: Int = 3) -> [String] {
    let wanted = Array(name.lowercased().prefix(100))
    let tolerance = max(1, wanted.count / 3)
    let scored = names.enumerated().compactMap { index, candidate -> (distance: Int, index: Int)? in
      let letters = Array(candidate.lowercased().prefix(100))
      guard abs(letters.count - wanted.count) <= tolerance else { return nil }
      let distance = editDistance(wanted, letters)
      return distance <= tolerance ? (distance, index) : nil
    }
    return scored.sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }.prefix(limit).map {
      names[$0.index]
    }
  }

  /// What an error says was expected in place of `name`: near misses where there are any, else what there is.
  public static func expectation(_ noun: String, for name: String, among names: [String]) -> String {
    let near = Self.names(nearestTo: name, among: names)
    guard near.isEmpty else {
      return "\(noun) that exists: did you mean \(near.map(quoted).joined(separator: " or "))?"
    }
    return names.isEmpty ? noun : "\(noun) that exists: \(listed(names))"
  }

  /// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other (Damerau 1964,
  /// in the restricted form that edits no letter twice).
  package static func editDistance(_ first: [Character], _ second: [Character]) -> Int {
    var beforeLast = [Int](repeating: 0, count: second.count + 1)
    var last = Array(0...second.count)
    for i in 0..<first.count {
      var current = [i + 1]
      for j in 0..<second.count {
        var best = min(last[j + 1] + 1, current[j] + 1, last[j] + (first[i] == second[j] ? 0 : 1))
        if i > 0, j > 0, first[i] == second[j - 1], first[i - 1] == second[j] {
          best = min(best, beforeLast[j - 1] + 1)
        }
        current.append(best)
      }
      (beforeLast, last) = (last, current)
    }
    return last[second.count]
  }
}
