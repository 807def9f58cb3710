internal import Cambium

/// Settings that came after records of this version had been written. Where such a one has its default, a run is the one that
/// it was before, and known by the same identity.
enum LaterSettings {
  /// Each by its key, which no other setting has, with its default.
  private static let defaults: [String: SpecTree] = {
    // Only a default that is not a finite number could fail to encode.
    (try? SpecTree(encoding: RegularisationSpec())).map { ["regularisation": $0] } ?? [:]
  }()

  /// The settings without those.
  static func leftOut(of settings: SpecTree) -> SpecTree {
    switch settings {
    case .mapping(let entries):
      .mapping(entries.filter { $0.value != defaults[$0.key] }.mapValues(leftOut))
    case .list(let elements): .list(elements.map(leftOut))
    default: settings
    }
  }
}
