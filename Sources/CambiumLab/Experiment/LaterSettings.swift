internal import Cambium

/// Settings that came after records of this version had been written. Where such a one has its default, a run is the one that
/// it was before, and known by the same identity.
enum LaterSettings {
  /// Each with the key of the group that it is in, and its default.
  private static let all: [(group: String, key: String, value: SpecTree?)] = [
    ("training", "regularisation", try? SpecTree(encoding: RegularisationSpec())),
    ("stopping", "sampleLimit", .integer(StoppingSpec().sampleLimit)),
  ]

  /// The settings without those.
  static func leftOut(of settings: SpecTree, inGroup group: String = "") -> SpecTree {
    switch settings {
    case .mapping(let entries):
      let kept = entries.filter { entry in
        !all.contains { $0.group == group && $0.key == entry.key && $0.value == entry.value }
      }
      return .mapping(
        Dictionary(uniqueKeysWithValues: kept.map { ($0.key, leftOut(of: $0.value, inGroup: $0.key)) }))
    case .list(let elements): return .list(elements.map { leftOut(of: $0) })
    default: return settings
    }
  }
}
