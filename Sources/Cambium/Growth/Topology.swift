/// What a new unit may read.
public enum Topology: String, Codable, Sendable, CaseIterable {
  /// All inputs and all earlier units: the lecture's reading, and Cascade-Correlation's.
  case cascade
  /// All inputs.
  case flat
  /// Both are grown on held-in samples; the one with less held-out loss is kept. Without held-out samples:
  /// cascade.
  case automatic
}
